// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.cca;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.cose.CoseAlgorithm;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.cca.CcaPlatformClaims;
import org.cofferdam.core.evidence.cca.CcaToken;

/**
 * A CCA token: bare, or in the JSON of CoCo guests ({@code {"token": […]}}). The realm's challenge
 * is 64 bytes; a shorter one stands at its start.
 */
public final class CcaVerifier implements FormatVerifier {
  @Override
  public String kind() {
    return "cca-token";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return token(evidence).isPresent();
  }

  /** Bare, or out of the JSON. */
  private static Optional<Bytes> token(Evidence evidence) {
    return evidence.documents().stream()
        .map(d -> token(d).orElse(d.content()))
        .filter(CcaToken::looksLike)
        .findFirst();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    CcaToken token = CcaToken.parse(token(evidence).orElse(evidence.first().content()));
    Findings findings = context.findings();
    platform(token, context);
    Bytes realmKey = token.realm().subjectPublicKeyInfo();
    findings.check(
        CcaRules.REALM_SIGNATURE,
        token.realmMessage().algorithm() == CoseAlgorithm.ES384
            && context
                .signatures()
                .verify(
                    SignatureAlgorithm.ECDSA_P384_SHA384,
                    realmKey,
                    token.realmMessage().toBeSigned(),
                    token.realmMessage().signature().toArray()),
        "an ES384 signature of the realm's own key",
        token.realmMessage().algorithm().name());
    Optional<Bytes> hash = hash(token.realm().publicKeyHashAlgorithm(), token.realm().publicKey());
    findings.check(
        CcaRules.BINDING,
        hash.isPresent() && hash.get().equals(token.platform().challenge()),
        hash.map(Bytes::hex).orElse("a known hash, not " + token.realm().publicKeyHashAlgorithm()),
        token.platform().challenge().hex());
    CcaPlatformClaims.Lifecycle state = token.platform().state();
    findings.check(
        CcaRules.LIFECYCLE, state == CcaPlatformClaims.Lifecycle.SECURED, "SECURED", state.name());
    Bindings.field(context, token.realm().challenge());
    findings.claim(
        "cca",
        Json.object()
            .put("platform", token.platform().fields())
            .put("realm", token.realm().fields())
            .build());
    findings.notChecked("cca.revocation: platform keys have no certificates to revoke");
  }

  private static void platform(CcaToken token, Context context) {
    List<TrustAnchor> keys = context.endorsements().anchors().forUse("arm-cca");
    Optional<TrustAnchor> signer =
        keys.stream()
            .filter(
                key ->
                    context
                        .signatures()
                        .verify(
                            token.platformMessage().algorithm().scheme(),
                            key.subjectPublicKeyInfo(),
                            token.platformMessage().toBeSigned(),
                            token.platformMessage().signature().toArray()))
            .findFirst();
    String instance = "instance " + token.platform().instanceId().hex();
    if (keys.isEmpty()) {
      context.findings().missing(CcaRules.PLATFORM_KEY, "the attestation key of " + instance);
      return;
    }
    context
        .findings()
        .check(
            CcaRules.PLATFORM_SIGNATURE,
            signer.isPresent(),
            "a signature of a trusted key for " + instance,
            signer.map(TrustAnchor::id).orElse("of none of " + keys.size() + " keys"));
    signer.ifPresent(context.findings()::anchored);
  }

  private static Optional<Bytes> hash(String algorithm, Bytes key) {
    return switch (algorithm) {
      case "sha-256" -> Optional.of(key.sha256());
      case "sha-384" -> Optional.of(key.sha384());
      case "sha-512" -> Optional.of(key.sha512());
      default -> Optional.empty();
    };
  }

  /** The bytes in the JSON of a CoCo guest. */
  private static Optional<Bytes> token(Document document) {
    Bytes content = document.content();
    if (content.length() == 0 || content.at(0) != '{') {
      return Optional.empty();
    }
    try {
      Json.Obj json = Json.parse(content.toArray()).asObject("CCA evidence");
      json.only("token");
      List<Json> items = json.array("token");
      byte[] bytes = new byte[items.size()];
      for (int i = 0; i < bytes.length; i++) {
        long value = items.get(i).asLong("token");
        if (value < 0 || value > 0xff) {
          return Optional.empty();
        }
        bytes[i] = (byte) value;
      }
      return Optional.of(Bytes.of(bytes));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }
}
