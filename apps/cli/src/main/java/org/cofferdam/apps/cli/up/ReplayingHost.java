// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.core.protocol.tls.PinnedKey;

/**
 * A host that starts no guest: it sends the evidence of an earlier one, with a key of its own, in
 * the hope of that one's secret.
 *
 * @param tee KBS name of the earlier evidence
 * @param evidence the earlier primary evidence
 * @param initData the earlier init-data
 */
record ReplayingHost(String tee, Json.Obj evidence, String initData) {

  /**
   * Takes the latest evidence of this kind with which this workload passed, as any host could have
   * kept it.
   */
  static Optional<ReplayingHost> of(TileSource log, String workload, String tee)
      throws IOException {
    Optional<byte[]> note = log.read("checkpoint");
    if (note.isEmpty()) {
      return Optional.empty();
    }
    long size = Checkpoint.parse(SignedNote.parse(note.get()).text()).size();
    LogReader reader = new LogReader(log, size);
    for (long index = size - 1; index >= 0; index--) {
      LedgerRecord record = LedgerRecord.decode(reader.entry(index));
      if (record.decision() == Decision.ATTESTED
          && record.workload().equals(workload)
          && tee.equals(record.tee())
          && record.evidence() != null) {
        Optional<byte[]> document = log.read("content/sha256/" + record.evidence().hex());
        if (document.isPresent()) {
          return Optional.of(read(Json.parse(document.get()).asObject("verifier input")));
        }
      }
    }
    return Optional.empty();
  }

  private static ReplayingHost read(Json.Obj document) {
    Json.Obj context = document.object("context");
    byte[] evidence = Base64.getDecoder().decode(document.string("evidence"));
    String tee = context.string("tee");
    return new ReplayingHost(
        tee,
        tee.equals("sgx")
            ? Json.object().put("quote", Base64.getEncoder().encodeToString(evidence)).build()
            : Json.parse(evidence).asObject("evidence"),
        context.string("initData"));
  }

  /** Runs the handshake to its end, whatever that is; the server's record tells. */
  String run(URI server, String pin)
      throws IOException, InterruptedException, GeneralSecurityException {
    KbsVersion version = KbsVersion.V0_4_0;
    try (HttpClient http =
        HttpClient.newBuilder().sslContext(PinnedKey.context(pin, new SecureRandom())).build()) {
      HttpResponse<byte[]> challenge =
          post(
              http,
              server.resolve("/kbs/v0/auth"),
              "",
              new KbsRequest(version.wire(), tee, offer()).toJson());
      String cookie = challenge.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
      String nonce = Challenge.fromJson(Json.parse(challenge.body())).nonce();
      TeeKeyPair own = TeeKeyPair.generate(Curve.P256, new SecureRandom());
      KbsAttestation attestation =
          new KbsAttestation(
              new InitData(initData), new RuntimeData(nonce, own.publicKey()), evidence, "");
      HttpResponse<byte[]> answer =
          post(http, server.resolve("/kbs/v0/attest"), cookie, attestation.toJson(version));
      return "the server answered " + answer.statusCode();
    }
  }

  private Json offer() {
    if (evidence.get("ek_certificate").isEmpty()) {
      return Json.of("");
    }
    return new TpmOffer(
            Base64.getDecoder().decode(evidence.string("ek_certificate")),
            Base64.getDecoder().decode(evidence.string("ak_public_area")))
        .toExtraParams();
  }

  private static HttpResponse<byte[]> post(HttpClient http, URI target, String cookie, Json body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.write().getBytes(StandardCharsets.UTF_8)));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }
}
