// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.services.broker.attest.TeeName;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.session.SessionSealer;

/** Begins handshakes: a fresh challenge, and for a TPM that offers its keys a credential. */
public final class Handshakes {
  private static final int NONCE_BYTES = 32;
  private static final int ID_BYTES = 16;

  private final SessionSealer sealer;
  private final CredentialMaker credentials;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Duration life;

  /**
   * @param life how long the guest may take to answer
   */
  public Handshakes(
      SessionSealer sealer,
      CredentialMaker credentials,
      SecureRandom random,
      InstantSource clock,
      Duration life) {
    this.sealer = sealer;
    this.credentials = credentials;
    this.random = random;
    this.clock = clock;
    this.life = life;
  }

  /**
   * @param challenge for the guest
   * @param cookie its session
   */
  record Begun(Challenge challenge, String cookie) {}

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where the guest's offer has not its
   *     form
   */
  Begun begin(KbsRequest request, KbsVersion version, TeeName tee) {
    String nonce = Base64Text.standard(fresh(NONCE_BYTES));
    Instant expires = clock.instant().plus(life);
    Json extraParams = Json.of("");
    Optional<Session.Activation> activation = Optional.empty();
    Optional<TpmOffer> offer =
        tee == TeeName.TPM ? TpmOffer.fromExtraParams(request.extraParams()) : Optional.empty();
    if (offer.isPresent()) {
      try (SecretBytes secret = SecretBytes.owning(fresh(NONCE_BYTES))) {
        TpmActivation made = credentials.make(offer.get(), secret);
        extraParams = made.toExtraParams();
        activation =
            Optional.of(
                new Session.Activation(
                    secret.lend(bytes -> Bytes.of(bytes).sha256()),
                    Session.Activation.offerDigest(
                        offer.get().ekCertificate(), offer.get().akPublicArea())));
      }
    }
    Session session =
        new Session(Hex.encode(fresh(ID_BYTES)), version, tee.wire(), nonce, expires, activation);
    return new Begun(new Challenge(nonce, extraParams), sealer.seal(session));
  }

  /** The session of a cookie that this server set, whether or not its time is over. */
  Optional<Session> find(String cookie) {
    return sealer.open(cookie);
  }

  private byte[] fresh(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
