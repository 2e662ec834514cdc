// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** {@code cofferdam measure}: what evidence should say, computed from the inputs of a launch. */
@NullMarked
package org.cofferdam.apps.cli.measure;

import org.jspecify.annotations.NullMarked;
