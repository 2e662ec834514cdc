// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cca;

import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.cose.CoseSign1;
import org.cofferdam.core.bytes.json.Json;

/**
 * CCA attestation token (draft-ffm-rats-cca-token): a collection of two signed CBOR web tokens,
 * either under tag 399 or as a CMW collection under tag 907 (draft-ietf-rats-msg-wrap).
 *
 * @param platformMessage signed by the platform's attestation key
 * @param platform its claims
 * @param realmMessage signed by the realm attestation key that its claims carry
 * @param realm its claims
 */
public record CcaToken(
    CoseSign1 platformMessage,
    CcaPlatformClaims platform,
    CoseSign1 realmMessage,
    CcaRealmClaims realm) {

  private static final String FORMAT = "CCA token";
  private static final long TAG = 399;
  private static final long CMW_TAG = 907;
  private static final long CWT_CONTENT_FORMAT = 263;
  private static final long PLATFORM = 44234;
  private static final long REALM = 44241;

  /** True where one of the two tags stands first. */
  public static boolean looksLike(Bytes bytes) {
    // d9 is a tag in two bytes: 0x018f is 399, 0x038b is 907.
    return bytes.length() > 3
        && bytes.at(0) == 0xd9
        && ((bytes.at(1) == 0x01 && bytes.at(2) == 0x8f)
            || (bytes.at(1) == 0x03 && bytes.at(2) == 0x8b));
  }

  /**
   * @throws MalformedEvidenceException where a token or a claim is missing or has another form
   */
  public static CcaToken parse(Bytes bytes) {
    if (!(Cbor.parse(FORMAT, bytes) instanceof Cbor.Tag tag) || !(tag.is(TAG) || tag.is(CMW_TAG))) {
      throw new MalformedEvidenceException(FORMAT, "tag", 0, "is neither 399 nor 907");
    }
    Cbor.Dict collection = tag.content().asDict(FORMAT, "collection");
    if (collection.entries().size() != 2) {
      throw new MalformedEvidenceException(
          FORMAT, "collection", -1, "has " + collection.entries().size() + " entries, not 2");
    }
    boolean cmw = tag.is(CMW_TAG);
    CoseSign1 platform =
        CoseSign1.parse(FORMAT + " platform", part(collection, PLATFORM, "platform token", cmw));
    CoseSign1 realm =
        CoseSign1.parse(FORMAT + " realm", part(collection, REALM, "realm token", cmw));
    return new CcaToken(
        platform,
        CcaPlatformClaims.parse(platform.payload()),
        realm,
        CcaRealmClaims.parse(realm.payload()));
  }

  public Json.Obj fields() {
    return Json.object()
        .put("cca-platform-token", signed(platformMessage, platform.fields()))
        .put("cca-realm-delegated-token", signed(realmMessage, realm.fields()))
        .build();
  }

  private static Json.Obj signed(CoseSign1 message, Json.Obj claims) {
    return Json.object()
        .put("alg", message.algorithm().name())
        .put("claims", claims)
        .put("signature", message.signature().hex())
        .build();
  }

  private static Bytes part(Cbor.Dict collection, long label, String name, boolean cmw) {
    Cbor part =
        collection
            .get(label)
            .orElseThrow(() -> new MalformedEvidenceException(FORMAT, name, -1, "is missing"));
    if (!cmw) {
      return part.asBytes(FORMAT, name);
    }
    List<Cbor> record = part.asArray(FORMAT, name);
    if (record.size() != 2 || record.get(0).asLong(FORMAT, name) != CWT_CONTENT_FORMAT) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is no record of a CBOR web token");
    }
    return record.get(1).asBytes(FORMAT, name);
  }
}
