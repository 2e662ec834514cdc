// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Event logs of measured boot (TCG PC Client Platform Firmware Profile §10), little endian. */
@NullMarked
package org.cofferdam.core.evidence.eventlog;

import org.jspecify.annotations.NullMarked;
