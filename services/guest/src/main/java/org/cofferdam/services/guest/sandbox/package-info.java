// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * The development sandbox: one process as the attested unit, measured and quoted by a device that
 * is a program of this machine. Nothing here is protected from the machine's owner.
 */
@NullMarked
package org.cofferdam.services.guest.sandbox;

import org.jspecify.annotations.NullMarked;
