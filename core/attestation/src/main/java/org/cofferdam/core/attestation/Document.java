// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import org.cofferdam.core.bytes.Bytes;

/**
 * One file: a piece of evidence, or of what vouches for it. It is recognised by its content; the
 * name is only for people.
 */
public record Document(String name, Bytes content) {

  public static Document of(String name, byte[] content) {
    return new Document(name, Bytes.of(content));
  }

  /** SHA-256 of the content, lower-case hex. */
  public String digest() {
    return content.sha256().hex();
  }
}
