// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** {@code cofferdam policy}: guest policies of the kata-agent. */
@NullMarked
package org.cofferdam.apps.cli.policy;

import org.jspecify.annotations.NullMarked;
