// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.DevelopmentAppraisal;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.PolicyRef;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.ledger.RecordBuilder;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.token.EarPayload;
import org.cofferdam.services.broker.token.TokenSigner;
import org.cofferdam.services.broker.workload.InitDataDocument;
import org.cofferdam.services.broker.workload.Workload;
import org.cofferdam.services.broker.workload.WorkloadStore;

/**
 * Takes the evidence of a handshake, and says whether the guest is the workload that it should be.
 * Every outcome is on record before it is told.
 */
public final class Attestor {
  /** For what names no workload. */
  public static final String UNKNOWN = "unknown/unknown";

  private final Verifier verifier;
  private final WorkloadStore workloads;
  private final DecisionLog decisions;
  private final TokenSigner signer;
  private final AttestedGuests guests;
  private final InstantSource clock;
  private final Settings settings;
  private final PolicyRef policyRef;
  private final byte[] policyText;

  /**
   * @param policy for verification
   * @param development true to accept development TEEs, marked as such
   * @param tokenLife how long a guest that passed may ask for resources
   * @param marks what every result must say of this server itself
   * @param anchors those of the verifier that do not ship with the product, for the record
   */
  public record Settings(
      Policy policy,
      boolean development,
      Duration tokenLife,
      List<String> marks,
      List<TrustAnchor> anchors) {
    public Settings {
      marks = List.copyOf(marks);
      anchors = List.copyOf(anchors);
    }

    /** With the anchors that ship with the product, and no others. */
    public Settings(Policy policy, boolean development, Duration tokenLife, List<String> marks) {
      this(policy, development, tokenLife, marks, List.of());
    }
  }

  public Attestor(
      Verifier verifier,
      WorkloadStore workloads,
      DecisionLog decisions,
      TokenSigner signer,
      AttestedGuests guests,
      InstantSource clock,
      Settings settings) {
    this.verifier = verifier;
    this.workloads = workloads;
    this.decisions = decisions;
    this.signer = signer;
    this.guests = guests;
    this.clock = clock;
    this.settings = settings;
    this.policyText = settings.policy().toJson().canonical();
    this.policyRef =
        new PolicyRef(
            settings.policy().name(),
            Long.toString(settings.policy().version()),
            ContentDigest.of(policyText));
  }

  /**
   * @throws IOException where the outcome could not be recorded; the guest has not passed then
   */
  public AttestOutcome attest(Session session, TeeName tee, KbsAttestation attestation)
      throws IOException {
    Instant at = clock.instant();
    InitData initData = attestation.initData();
    Claimed claimed = initData == null ? Claimed.NOTHING : claimed(Bytes.of(initData.bytes()));
    EvidenceDocument document =
        EvidenceDocument.of(
            session,
            attestation,
            expectations(session, tee, attestation, claimed, at),
            settings.anchors());
    Attempt attempt = new Attempt(session, tee, attestation, claimed, document, at);
    List<Check> before = precheck(attempt);
    if (before.stream().anyMatch(c -> c.outcome() == Outcome.FAILED)) {
      return refuse(attempt, before, List.of());
    }
    Workload workload = claimed.workload().orElseThrow();
    VerificationResult result =
        verifier.verify(document.input().toEvidence(), document.input().expectations());
    Appraiser appraiser = new Appraiser(false);
    if (!(result instanceof Verified verified)) {
      List<Check> failed = notPassed(result.report());
      if (!result.report().claims().members().isEmpty()) {
        failed.addAll(notPassed(appraiser.compareOnly(result.report(), workload.references(), at)));
      }
      return refuse(attempt, failed, result.report().insecure());
    }
    Appraisal appraisal = appraiser.appraise(verified, workload.references(), at);
    if (!appraisal.holds()) {
      return refuse(attempt, notPassed(appraisal.checks()), verified.report().insecure());
    }
    try {
      return pass(attempt, workload, appraisal);
    } catch (UsedNonces.NonceUsedException e) {
      return refuse(attempt, List.of(used()), verified.report().insecure());
    }
  }

  private record Attempt(
      Session session,
      TeeName tee,
      KbsAttestation attestation,
      Claimed claimed,
      EvidenceDocument document,
      Instant at) {}

  /** Which workload the init-data names, and what is known of it. */
  private record Claimed(String name, Optional<Workload> workload) {
    static final Claimed NOTHING = new Claimed(UNKNOWN, Optional.empty());
  }

  private Claimed claimed(Bytes initData) throws IOException {
    Optional<Workload> exact = workloads.byInitData(initData.sha256());
    if (exact.isPresent()) {
      return new Claimed(exact.get().name(), exact);
    }
    try {
      String name = InitDataDocument.parse(initData).workload();
      return new Claimed(name, workloads.byName(name));
    } catch (MalformedEvidenceException e) {
      return Claimed.NOTHING;
    }
  }

  private List<Check> precheck(Attempt attempt) {
    Session session = attempt.session();
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            "session.in-time",
            attempt.at().isBefore(session.expires()),
            "before " + session.expires(),
            attempt.at().toString(),
            "An old challenge may have been prepared for.",
            "Begin again with a new request."));
    checks.add(
        Check.of(
            "session.nonce",
            Digests.equal(
                session.nonce().getBytes(StandardCharsets.UTF_8),
                attempt.attestation().runtimeData().nonce().getBytes(StandardCharsets.UTF_8)),
            "the challenge of this session",
            "another",
            "Evidence over another challenge may be a replay.",
            "Return the challenge as it was received."));
    checks.add(
        Check.of(
            "session.no-devices",
            attempt.attestation().additionalEvidence().isEmpty(),
            "no evidence of further devices",
            "additional evidence",
            "Evidence that nobody looks at must not seem to have been accepted.",
            "Send the primary evidence alone."));
    session
        .activation()
        .ifPresent(activation -> checks.add(sameOffer(activation, attempt.attestation())));
    checks.add(
        Check.of(
            "workload.registered",
            attempt.claimed().workload().isPresent(),
            "a registered workload",
            attempt.claimed().name(),
            "Without reference values there is nothing to compare the evidence with.",
            "Register the workload, and start its guest with its own init-data."));
    return checks;
  }

  /** The keys that the evidence rests on must be those that the activation was for. */
  private static Check sameOffer(Session.Activation activation, KbsAttestation attestation) {
    return Check.of(
        "tpm.ak.as-offered",
        offerDigest(attestation.primaryEvidence())
            .filter(activation.offerDigest()::equals)
            .isPresent(),
        "the keys that the request offered",
        "other keys",
        "A credential for one key says nothing of another.",
        "Send the certificate and the key of the request.");
  }

  private static Optional<Bytes> offerDigest(Json evidence) {
    try {
      Json.Obj o = evidence.asObject("evidence");
      return Optional.of(
          Session.Activation.offerDigest(
              Base64Text.fromStandard("ek_certificate", o.string("ek_certificate")),
              Base64Text.fromStandard("ak_public_area", o.string("ak_public_area"))));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private Expectations expectations(
      Session session, TeeName tee, KbsAttestation attestation, Claimed claimed, Instant at) {
    Expectations expectations =
        tee.bind(
            Expectations.at(at, settings.policy())
                .withKind(tee.kind())
                .withDevelopment(settings.development())
                .withWaivers(claimed.workload().map(Workload::waivers).orElse(List.of())),
            Bytes.of(attestation.digest(session.version())));
    return session
        .activation()
        .map(activation -> expectations.withActivationDigest(activation.secretDigest()))
        .orElse(expectations);
  }

  private AttestOutcome pass(Attempt attempt, Workload workload, Appraisal appraisal)
      throws IOException {
    Session session = attempt.session();
    Instant expires = attempt.at().plus(settings.tokenLife());
    List<String> insecure = insecure(appraisal.verified().report().insecure());
    String token =
        signer.sign(
            new EarPayload(
                    session.id(),
                    attempt.tee().wire(),
                    appraisal,
                    attempt.attestation(),
                    provenInitData(appraisal),
                    Bytes.of(attempt.attestation().digest(session.version())),
                    insecure,
                    attempt.at(),
                    expires)
                .toJson());
    List<byte[]> content =
        List.of(
            attempt.document().content(), policyText, workload.references().toJson().canonical());
    LedgerRecord record =
        record(Decision.ATTESTED, attempt, grade(appraisal), insecure)
            .references(new ContentDigest(appraisal.referenceDigest()))
            .build();
    Receipt receipt =
        decisions.record(
            record,
            content,
            made(appraisal),
            transaction -> UsedNonces.use(transaction, session, attempt.at()));
    Attested guest =
        new Attested(
            session,
            appraisal,
            workload,
            attempt.attestation().runtimeData().teePubkey(),
            attempt.document().digest(),
            List.of(content.get(0), content.get(2)),
            token,
            expires);
    guests.add(guest, attempt.at());
    return new AttestOutcome.Passed(guest, receipt);
  }

  private static List<Check> made(Appraisal appraisal) {
    List<Check> checks = new ArrayList<>(appraisal.verified().report().checks());
    checks.addAll(appraisal.checks());
    return checks;
  }

  private AttestOutcome refuse(Attempt attempt, List<Check> checks, List<String> insecure)
      throws IOException {
    List<Check> failed = notPassed(checks);
    List<byte[]> content = new ArrayList<>(List.of(attempt.document().content(), policyText));
    RecordBuilder builder = record(Decision.REFUSED, attempt, "unproven", insecure(insecure));
    attempt
        .claimed()
        .workload()
        .ifPresent(
            workload -> {
              byte[] references = workload.references().toJson().canonical();
              builder.references(ContentDigest.of(references));
              content.add(references);
            });
    failed.forEach(c -> builder.reason(c.id(), c.expected(), c.found()));
    Receipt receipt =
        decisions.record(
            builder.build(),
            content,
            failed,
            transaction -> UsedNonces.burn(transaction, attempt.session(), attempt.at()));
    return new AttestOutcome.Failed(failed, receipt);
  }

  private RecordBuilder record(
      Decision decision, Attempt attempt, String grade, List<String> insecure) {
    return LedgerRecord.builder(attempt.at(), decision, attempt.claimed().name())
        .tee(attempt.tee().wire(), grade)
        .evidence(attempt.document().digest())
        .policy(policyRef)
        .insecure(insecure)
        .correlation(attempt.session().correlation());
  }

  private List<String> insecure(List<String> ofEvidence) {
    List<String> all = new ArrayList<>(ofEvidence);
    all.addAll(settings.marks());
    return all;
  }

  /** The word of records and screens. */
  public static String grade(Appraisal appraisal) {
    return appraisal instanceof DevelopmentAppraisal ? "development" : "genuine";
  }

  private static Optional<Bytes> provenInitData(Appraisal appraisal) {
    return JsonPointer.find(appraisal.verified().report().claims(), "/pod/init-data")
        .filter(claim -> claim instanceof Json.Str s && s.value().matches("([0-9a-f]{2})+"))
        .map(claim -> Bytes.of(Hex.decode(claim.asString("init-data"))));
  }

  private static Check used() {
    return Check.of(
        "session.nonce-unused",
        false,
        "a challenge that was not answered yet",
        "answered before",
        "A challenge is good for one answer, so that none can be sent again.",
        "Begin again with a new request.");
  }

  private static List<Check> notPassed(Report report) {
    return notPassed(report.checks());
  }

  /** Failed checks; skipped ones too, since what was not looked at has not passed. */
  private static List<Check> notPassed(List<Check> checks) {
    List<Check> left = new ArrayList<>();
    for (Check check : checks) {
      if (check.outcome() == Outcome.FAILED || check.outcome() == Outcome.SKIPPED) {
        left.add(check);
      }
    }
    return left;
  }
}
