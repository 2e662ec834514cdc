// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** {@code cofferdam sgx}: enclaves of Gramine without Gramine's tools. */
@NullMarked
package org.cofferdam.apps.cli.sgx;

import org.jspecify.annotations.NullMarked;
