// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import org.cofferdam.core.measurement.firmware.PeiState;

/**
 * The firmware of a machine.
 *
 * @param code the OVMF code file
 * @param variables the OVMF variables file as it is before the first boot
 * @param state what the PEI phase notes about this virtual machine
 */
public record FirmwareInputs(byte[] code, byte[] variables, PeiState state) {}
