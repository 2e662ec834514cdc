// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.cove;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.cose.CoseKey;
import org.cofferdam.core.bytes.cose.CoseSign1;
import org.cofferdam.core.evidence.cove.CoveToken;

/** A CoVE token of three layers; the specification is a draft, and every result says so. */
public final class CoveVerifier implements FormatVerifier {
  @Override
  public String kind() {
    return "cove-token";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(CoveToken::looksLike).isPresent();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    CoveToken token =
        CoveToken.parse(evidence.find(CoveToken::looksLike).orElse(evidence.first()).content());
    Findings findings = context.findings();
    platform(token, context);
    layer(CoveRules.TSM_SIGNATURE, token.tsm().message(), token.platform().publicKey(), context);
    layer(CoveRules.TVM_SIGNATURE, token.tvm().message(), token.tsm().publicKey(), context);
    findings.check(
        CoveRules.STATE,
        token.platform().state() == CoveToken.State.SECURED,
        "SECURED",
        token.platform().state().name());
    findings.check(CoveRules.DRAFT, false, "a ratified format", "a draft");
    Bindings.field(context, token.tvm().challenge());
    findings.claim("cove", token.fields());
    findings.notChecked("cove.revocation: the draft has no means for it");
  }

  private static void platform(CoveToken token, Context context) {
    List<TrustAnchor> keys = context.endorsements().anchors().forUse("riscv-cove");
    if (keys.isEmpty()) {
      context.findings().missing(CoveRules.ROOT_KEY, "the key of the root of trust");
      return;
    }
    Optional<TrustAnchor> signer =
        keys.stream()
            .filter(k -> signed(token.platform().message(), k.subjectPublicKeyInfo(), context))
            .findFirst();
    context
        .findings()
        .check(
            CoveRules.PLATFORM_SIGNATURE,
            signer.isPresent(),
            "a signature of a trusted root of trust",
            signer.map(TrustAnchor::id).orElse("of none of " + keys.size() + " keys"));
    signer.ifPresent(context.findings()::anchored);
  }

  private static void layer(Rule rule, CoseSign1 message, Bytes key, Context context) {
    Bytes spki = CoseKey.parse("CoVE key", key).subjectPublicKeyInfo();
    context
        .findings()
        .check(
            rule,
            signed(message, spki, context),
            "a signature of the key that the layer above names",
            message.algorithm().name());
  }

  private static boolean signed(CoseSign1 message, Bytes spki, Context context) {
    return context
        .signatures()
        .verify(
            message.algorithm().scheme(),
            spki,
            message.toBeSigned(),
            message.signature().toArray());
  }
}
