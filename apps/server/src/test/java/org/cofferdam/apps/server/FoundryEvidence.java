// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;
import org.cofferdam.services.guest.kbs.Evidence;

/** Evidence of a TPM of the foundry for the guest's own client. */
final class FoundryEvidence implements Evidence {
  static final String WORKLOAD = "default/orders";
  static final String INIT_DATA =
      """
      version = "0.1.0"
      algorithm = "sha256"

      [data]
      "cofferdam.toml" = '''
      workload = "default/orders"
      '''
      """;

  private final TestTpm tpm = new TestTpm(Instant.now().minusSeconds(60), Hook.none());

  /**
   * @param args what the container really runs
   */
  FoundryEvidence(String args) {
    Bytes digest = initDataDigest();
    tpm.extend(
        8, 6, digest.toArray(), entry("init-data", "{\"digest\":\"sha256:" + digest.hex() + "\"}"));
    tpm.measure(13, 6, entry("image", "{\"config\":\"c\",\"layers\":[\"l\"],\"manifest\":\"m\"}"));
    tpm.measure(
        13,
        6,
        entry("container", "{\"args\":[\"" + args + "\"],\"image\":\"m\",\"name\":\"main\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
  }

  static Bytes initDataDigest() {
    return Bytes.of(INIT_DATA.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  /** DER of the root that certifies this TPM. */
  byte[] root() {
    return tpm.root().certificate();
  }

  @Override
  public String tee() {
    return "tpm";
  }

  @Override
  public String initData() {
    return INIT_DATA;
  }

  @Override
  public Json offer() {
    return new TpmOffer(tpm.endorsementCertificate(), tpm.attestationPublicArea()).toExtraParams();
  }

  @Override
  public Json collect(Challenge challenge, byte[] reportData) throws IOException {
    TpmActivation activation = TpmActivation.fromExtraParams(challenge.extraParams()).orElseThrow();
    try {
      byte[] credential = tpm.activate(activation.credentialBlob(), activation.secret());
      return Json.parse(tpm.evidence(Arrays.copyOf(reportData, 32), credential));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }
}
