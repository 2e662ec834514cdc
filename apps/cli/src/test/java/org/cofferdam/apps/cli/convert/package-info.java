// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

@NullMarked
package org.cofferdam.apps.cli.convert;

import org.jspecify.annotations.NullMarked;
