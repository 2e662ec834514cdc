// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

/**
 * One extend that a boot will do.
 *
 * @param pcr register
 * @param digest SHA-256, 32 bytes
 * @param input what it comes from, in words, for example {@code kernel image and its load
 *     parameters}
 */
public record PredictedEvent(int pcr, byte[] digest, String input) {}
