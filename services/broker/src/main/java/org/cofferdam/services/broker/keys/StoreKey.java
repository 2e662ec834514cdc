// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * The key at the top, wherever it lives: in a file, a token, or a service. It only ever wraps other
 * keys.
 */
public interface StoreKey {
  /**
   * @param context authenticated with the key: what it is for
   */
  byte[] wrap(SecretBytes key, byte[] context) throws IOException;

  /**
   * @throws IOException where the wrapped key was changed, or is of another store key or context
   */
  SecretBytes unwrap(byte[] wrapped, byte[] context) throws IOException;
}
