// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** {@code cofferdam broker}: an administrator's commands against a server. */
@NullMarked
package org.cofferdam.apps.cli.broker;

import org.jspecify.annotations.NullMarked;
