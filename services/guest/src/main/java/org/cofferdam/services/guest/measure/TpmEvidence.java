// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.measure;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.services.guest.kbs.Evidence;
import org.cofferdam.services.guest.tpm.EccPublic;
import org.cofferdam.services.guest.tpm.Quote;
import org.cofferdam.services.guest.tpm.Tpm;
import org.cofferdam.services.guest.tpm.TpmKey;

/**
 * Evidence of kind {@code tpm}: a quote over PCR 0 to 15 by a fresh attestation key that the
 * challenge ties to the endorsement key, and the event log behind the PCRs.
 */
public final class TpmEvidence implements Evidence {
  private static final int QUOTED = 16;
  private static final int QUALIFYING_DATA = 32;

  private final Tpm tpm;
  private final TpmKey endorsement;
  private final TpmKey attestation;
  private final byte[] certificate;
  private final MeasuredLog log;
  private final String initData;
  private final SecureRandom random;

  private TpmEvidence(Tpm tpm, MeasuredLog log, String initData, SecureRandom random)
      throws IOException {
    this.tpm = tpm;
    this.endorsement = tpm.endorsementKey();
    this.attestation = tpm.attestationKey();
    this.certificate = tpm.endorsementCertificate();
    this.log = log;
    this.initData = initData;
    this.random = random;
  }

  /** Makes the keys; the log may grow until the evidence is collected. */
  public static TpmEvidence prepare(Tpm tpm, MeasuredLog log, String initData, SecureRandom random)
      throws IOException {
    return new TpmEvidence(tpm, log, initData, random);
  }

  @Override
  public String tee() {
    return "tpm";
  }

  @Override
  public String initData() {
    return initData;
  }

  @Override
  public Json offer() {
    return new TpmOffer(certificate, attestation.publicArea()).toExtraParams();
  }

  @Override
  public Json collect(Challenge challenge, byte[] reportData) throws IOException {
    TpmActivation task =
        TpmActivation.fromExtraParams(challenge.extraParams())
            .orElseThrow(
                () ->
                    new MalformedEvidenceException(
                        "challenge", "extra-params.tpm", -1, "is missing"));
    byte[] credential =
        tpm.activateCredential(
            attestation, endorsement, task.credentialBlob(), task.secret(), random);
    Quote quote = tpm.quote(attestation, Arrays.copyOf(reportData, QUALIFYING_DATA), QUOTED);
    return Json.object()
        .put(
            "tpm_quote",
            Json.object()
                .put("signature", Base64Text.standard(quote.signature()))
                .put("message", Base64Text.standard(quote.attest()))
                .put("pcrs", Json.strings(pcrs()))
                .build())
        .put(
            "ak_public",
            Base64Text.standard(EccPublic.subjectPublicKeyInfo(attestation.publicArea())))
        .put("ak_public_area", Base64Text.standard(attestation.publicArea()))
        .put("ek_certificate", Base64Text.standard(certificate))
        .put("eventlog", Base64Text.standard(log.bytes()))
        .put("credential", Base64Text.standard(credential))
        .build();
  }

  /** 24 values; those that are not quoted are empty. */
  private List<String> pcrs() throws IOException {
    List<String> hex = new ArrayList<>();
    for (byte[] pcr : tpm.pcrs(QUOTED)) {
      hex.add(Hex.encode(pcr));
    }
    while (hex.size() < Tpm.PCR_COUNT) {
      hex.add("");
    }
    return hex;
  }
}
