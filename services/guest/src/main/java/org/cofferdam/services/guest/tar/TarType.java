// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

/** What a member of an archive is. */
public enum TarType {
  FILE,
  DIRECTORY,
  SYMBOLIC_LINK,
  HARD_LINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  FIFO
}
