// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * The vendors' keys that ship with the product: one reviewed file a vendor beside this class, with
 * subject, key, validity and fingerprint, and where to compare them.
 */
public final class BuiltInAnchors {
  private static final List<String> VENDORS =
      List.of("intel", "amd", "aws", "google", "microsoft", "nvidia");

  private BuiltInAnchors() {}

  public static TrustAnchors load() {
    List<TrustAnchor> anchors = new ArrayList<>();
    for (String vendor : VENDORS) {
      for (Json json : Json.parse(read(vendor)).asObject(vendor).array("anchors")) {
        Json.Obj o = json.asObject("anchor");
        o.only(
            "id",
            "use",
            "subject",
            "publicKey",
            "publicKeySha256",
            "notBefore",
            "notAfter",
            "compare");
        TrustAnchor anchor =
            new TrustAnchor(
                o.string("id"),
                o.string("use"),
                Bytes.ofHex(o.string("publicKey")),
                TrustAnchor.Origin.BUILT_IN);
        if (!anchor.fingerprint().equals(o.string("publicKeySha256"))) {
          throw new IllegalStateException(anchor.id() + ": the key and its fingerprint differ");
        }
        anchors.add(anchor);
      }
    }
    return new TrustAnchors(anchors);
  }

  private static byte[] read(String vendor) {
    try (InputStream in = BuiltInAnchors.class.getResourceAsStream("anchors/" + vendor + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the anchors of " + vendor + " are not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
