// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.x509.Certificate;

/**
 * A signed JSON object. The signature covers the very text, so it is cut out, never written again.
 *
 * @param text of the object
 * @param signed the text's bytes, UTF-8
 * @param signature r ‖ s, big endian
 * @param chain that came with it
 */
public record SignedObject(String text, Bytes signed, Bytes signature, List<Certificate> chain) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*\\{\\s*\"(tcbInfo|enclaveIdentity)\"\\s*:\\s*(\\{.*\\})\\s*,"
              + "\\s*\"signature\"\\s*:\\s*\"([0-9a-fA-F]{128})\"\\s*\\}\\s*",
          Pattern.DOTALL);

  public SignedObject {
    chain = List.copyOf(chain);
  }

  /** From the object's text. */
  public static SignedObject of(String text, Bytes signature, List<Certificate> chain) {
    Bytes signed = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    return new SignedObject(text, signed, signature, chain);
  }

  /** From {@code {"tcbInfo": {…}, "signature": "…"}} or the same with enclaveIdentity. */
  public static Optional<SignedObject> cut(String answer, List<Certificate> chain) {
    Matcher matcher = FORM.matcher(answer);
    return matcher.matches()
        ? Optional.of(of(matcher.group(2), Bytes.ofHex(matcher.group(3)), chain))
        : Optional.empty();
  }
}
