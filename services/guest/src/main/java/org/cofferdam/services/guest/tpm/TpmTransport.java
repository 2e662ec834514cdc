// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.IOException;

/** One conversation with a TPM: a command goes in whole, its response comes out whole. */
public interface TpmTransport extends AutoCloseable {
  byte[] transmit(byte[] command) throws IOException;

  @Override
  void close() throws IOException;
}
