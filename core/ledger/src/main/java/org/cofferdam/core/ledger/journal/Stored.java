// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

/**
 * Where a batch lies.
 *
 * @param path of its file
 * @param offset of its first byte
 * @param length in bytes
 */
record Stored(String path, long offset, int length) {}
