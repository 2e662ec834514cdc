// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import java.io.IOException;
import java.util.Optional;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsError;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsResponse;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.services.broker.attest.AttestOutcome;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.attest.TeeName;
import org.cofferdam.services.broker.decision.StrayRefusals;
import org.cofferdam.services.broker.release.ReleaseOutcome;
import org.cofferdam.services.broker.release.Releaser;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.session.Session;

/**
 * The guest's side of the KBS protocol: auth, attest, resource. Details of a refusal go into the
 * log; the guest gets what the protocol allows, and the correlation id.
 */
public final class KbsService {
  private static final String ATTEST_FAILED = "Attestation error: RCAR handshake Attest failed";
  private static final String AUTH_FAILED = "Attestation error: RCAR handshake Auth failed";

  private final Handshakes handshakes;
  private final Attestor attestor;
  private final Tokens tokens;
  private final Releaser releaser;
  private final StrayRefusals strays;

  public KbsService(
      Handshakes handshakes,
      Attestor attestor,
      Tokens tokens,
      Releaser releaser,
      StrayRefusals strays) {
    this.handshakes = handshakes;
    this.attestor = attestor;
    this.tokens = tokens;
    this.releaser = releaser;
    this.strays = strays;
  }

  /** POST {@code auth}. */
  public KbsAnswer auth(byte[] body) throws IOException {
    KbsRequest request;
    try {
      request = KbsRequest.fromJson(Json.parse(body));
    } catch (MalformedEvidenceException e) {
      return malformed("kbs.auth.well-formed", e, "");
    }
    Optional<KbsVersion> version = KbsVersion.of(request.version());
    if (version.isEmpty()) {
      return KbsAnswer.error(
          KbsError.Variant.AttestationError,
          AUTH_FAILED
              + ": KBS Client Protocol Version Mismatch: expect =0.4.0 (0.2.0 is taken too), the"
              + " request's is another");
    }
    Optional<TeeName> tee = TeeName.ofWire(request.tee());
    if (tee.isEmpty()) {
      stray("kbs.auth.tee-known", "a TEE that is verified", "another", "");
      return KbsAnswer.error(
          KbsError.Variant.AttestationError, AUTH_FAILED + ": the TEE is not accepted here");
    }
    try {
      Handshakes.Begun begun = handshakes.begin(request, version.get(), tee.get());
      return KbsAnswer.json(begun.challenge().toJson()).withSession(begun.cookie());
    } catch (MalformedEvidenceException e) {
      return malformed("kbs.auth.well-formed", e, "");
    }
  }

  /**
   * POST {@code attest}.
   *
   * @param cookie the session cookie, if any
   */
  public KbsAnswer attest(Optional<String> cookie, byte[] body) throws IOException {
    Optional<Session> session = cookie.flatMap(handshakes::find);
    if (session.isEmpty()) {
      stray("session.known", "a session that this server began", "none", "");
      return KbsAnswer.error(KbsError.Variant.AttestationError, ATTEST_FAILED);
    }
    String correlation = session.get().correlation();
    TeeName tee = TeeName.ofWire(session.get().tee()).orElseThrow();
    AttestOutcome outcome;
    try {
      outcome =
          attestor.attest(
              session.get(),
              tee,
              KbsAttestation.fromJson(Json.parse(body), session.get().version()));
    } catch (MalformedEvidenceException e) {
      return malformed("kbs.attest.well-formed", e, correlation);
    }
    return switch (outcome) {
      case AttestOutcome.Passed passed ->
          KbsAnswer.json(new KbsResponse(passed.guest().token()).toJson())
              .withSession(cookie.orElseThrow());
      case AttestOutcome.Failed failed ->
          KbsAnswer.error(KbsError.Variant.AttestationError, ATTEST_FAILED, correlation);
    };
  }

  /**
   * GET {@code resource/REPOSITORY/TYPE/TAG}. The session goes before the token, as peers do it.
   *
   * @param bearer the token of the Authorization header, if any
   */
  public KbsAnswer resource(Optional<String> cookie, Optional<String> bearer, String path)
      throws IOException {
    Optional<Attested> guest = guest(cookie, bearer);
    if (guest.isEmpty()) {
      return noToken(bearer);
    }
    String correlation = guest.get().session().correlation();
    if (!ResourcePattern.isPath(path)) {
      stray("kbs.resource.path", "three plain segments", "another path", correlation);
      return KbsAnswer.error(KbsError.Variant.InvalidRequestPath, "Invalid request path");
    }
    return switch (releaser.release(guest.get(), path)) {
      case ReleaseOutcome.Released released -> KbsAnswer.json(released.answer().toJson());
      case ReleaseOutcome.Denied denied ->
          KbsAnswer.error(KbsError.Variant.PolicyDeny, "Access denied by policy", correlation);
      case ReleaseOutcome.Missing missing ->
          KbsAnswer.error(
              KbsError.Variant.PluginInternalError, "Plugin internal error", correlation);
    };
  }

  private Optional<Attested> guest(Optional<String> cookie, Optional<String> bearer)
      throws IOException {
    Optional<Session> session = cookie.flatMap(handshakes::find);
    Optional<Attested> guest =
        session.isEmpty() ? Optional.empty() : tokens.bySession(session.get().id());
    return guest.isEmpty() && bearer.isPresent() ? tokens.byToken(bearer.get()) : guest;
  }

  /** Without any token it is the first, harmless try of common clients; a bad one is on record. */
  private KbsAnswer noToken(Optional<String> bearer) throws IOException {
    if (bearer.isEmpty()) {
      return KbsAnswer.error(KbsError.Variant.TokenNotFound, "Attestation Token not found");
    }
    stray("token.valid", "a token of this server that is in force", "another", "");
    return KbsAnswer.error(
        KbsError.Variant.TokenVerifierError, "Failed to verify the attestation token");
  }

  private KbsAnswer malformed(String rule, MalformedEvidenceException problem, String correlation)
      throws IOException {
    stray(rule, "a message of the protocol's form", problem.field(), correlation);
    return KbsAnswer.error(KbsError.Variant.SerdeError, "The message has not its form");
  }

  private void stray(String rule, String expected, String found, String correlation)
      throws IOException {
    strays.record(
        Attestor.UNKNOWN,
        Check.of(
            rule,
            false,
            expected,
            found,
            "What does not keep to the protocol gets nothing.",
            "Look at the client that sent it."),
        correlation);
  }
}
