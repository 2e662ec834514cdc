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
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.DevelopmentAppraisal;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.TrustAnchor;
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
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.session.Session;
import org.cofferdam.services.broker.store.Revisions;
import org.cofferdam.services.broker.store.StaleException;
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

  private final Verification verification;
  private final Collateral collateral;
  private final WorkloadStore workloads;
  private final DecisionLog decisions;
  private final TokenSigner signer;
  private final AttestedGuests guests;
  private final AttestedStore kept;
  private final Revisions revisions;
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
  }

  public Attestor(
      Verification verification,
      Collateral collateral,
      WorkloadStore workloads,
      DecisionLog decisions,
      TokenSigner signer,
      AttestedGuests guests,
      AttestedStore kept,
      Revisions revisions,
      InstantSource clock,
      Settings settings) {
    this.verification = verification;
    this.collateral = collateral;
    this.workloads = workloads;
    this.decisions = decisions;
    this.signer = signer;
    this.guests = guests;
    this.kept = kept;
    this.revisions = revisions;
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
   * @throws MalformedEvidenceException where the evidence does not travel as its TEE's does
   */
  public AttestOutcome attest(Session session, TeeName tee, KbsAttestation attestation)
      throws IOException {
    while (true) {
      try {
        return attest(session, tee, attestation, revisions.known());
      } catch (StaleException e) {
        revisions.refresh();
      }
    }
  }

  private AttestOutcome attest(
      Session session, TeeName tee, KbsAttestation attestation, long revision) throws IOException {
    Instant at = clock.instant();
    InitData initData = attestation.initData();
    Claimed claimed = initData == null ? Claimed.NOTHING : claimed(Bytes.of(initData.bytes()));
    VerifierInput input = input(session, tee, attestation, claimed, at);
    Attempt attempt =
        new Attempt(session, tee, attestation, claimed, input, input.encode(), at, revision);
    List<Check> before = precheck(attempt);
    if (before.stream().anyMatch(c -> c.outcome() == Outcome.FAILED)) {
      return refuse(attempt, before, Optional.empty());
    }
    Workload workload = claimed.workload().orElseThrow();
    Verification.Judged judged = verification.judge(input, workload);
    if (!judged.passed()) {
      return refuse(attempt, judged.failed(), Optional.of(judged.report()));
    }
    try {
      return pass(attempt, workload, judged.appraisal().orElseThrow());
    } catch (UsedNonces.NonceUsedException e) {
      return refuse(attempt, List.of(used()), Optional.of(judged.report()));
    }
  }

  /**
   * A guest that passed on another server, or before a restart: its evidence is verified again, as
   * of then. Empty where its time is over, or where it would not pass any more.
   */
  public Optional<Attested> restore(String sessionId) throws IOException {
    Optional<AttestedStore.Kept> found = kept.find(sessionId, clock.instant());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    AttestedStore.Kept guest = found.get();
    RecordedHandshake handshake = RecordedHandshake.decode(guest.document(), settings.policy());
    Optional<Workload> workload =
        workloads.byName(guest.record().workload()).filter(w -> w.version() == guest.version());
    if (workload.isEmpty()) {
      return Optional.empty();
    }
    Verification.Judged judged = verification.judge(handshake.input(), workload.get());
    if (!judged.passed()) {
      return Optional.empty();
    }
    Session session = handshake.session(sessionId, guest.expires());
    Attested again =
        attested(
            new Attempt(
                session,
                handshake.tee(),
                handshake.attestation(),
                new Claimed(workload.get().name(), workload),
                handshake.input(),
                guest.document(),
                guest.record().time(),
                revisions.known()),
            workload.get(),
            judged.appraisal().orElseThrow(),
            guest.record(),
            guest.expires());
    guests.add(again, clock.instant());
    return Optional.of(again);
  }

  private record Attempt(
      Session session,
      TeeName tee,
      KbsAttestation attestation,
      Claimed claimed,
      VerifierInput input,
      byte[] document,
      Instant at,
      long revision) {

    ContentDigest evidence() {
      return ContentDigest.of(document);
    }
  }

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

  /** What the verifier is given, in the form that the log keeps. */
  private VerifierInput input(
      Session session, TeeName tee, KbsAttestation attestation, Claimed claimed, Instant at) {
    TeeName.Question question = tee.question(attestation, session.nonce(), session.version());
    Expectations expectations =
        Expectations.at(at, settings.policy())
            .withKind(question.kind())
            .withNonce(question.challenge())
            .withDevelopment(settings.development())
            .withWaivers(claimed.workload().map(Workload::waivers).orElse(List.of()));
    if (session.activation().isPresent()) {
      expectations = expectations.withActivationDigest(session.activation().get().secretDigest());
    }
    return new VerifierInput(
        expectations,
        settings.anchors(),
        question.evidence(),
        RecordedHandshake.context(session.version(), tee, attestation));
  }

  private AttestOutcome pass(Attempt attempt, Workload workload, Appraisal appraisal)
      throws IOException {
    Session session = attempt.session();
    Instant expires = attempt.at().plus(settings.tokenLife());
    List<byte[]> used = used(appraisal.verified().report());
    LedgerRecord record =
        record(
                Decision.ATTESTED,
                attempt,
                grade(appraisal),
                insecure(appraisal.verified().report().insecure()))
            .references(new ContentDigest(appraisal.referenceDigest()))
            .collateral(used.stream().map(ContentDigest::of).toList())
            .build();
    Attested guest = attested(attempt, workload, appraisal, record, expires);
    Receipt receipt =
        decisions.record(
            record,
            guest.content(),
            made(appraisal),
            transaction -> {
              revisions.require(transaction.connection(), attempt.revision());
              UsedNonces.use(transaction, session, attempt.at());
              AttestedStore.put(transaction, session.id(), record, workload.version(), expires);
            });
    guests.add(guest, attempt.at());
    return new AttestOutcome.Passed(guest, receipt);
  }

  private Attested attested(
      Attempt attempt,
      Workload workload,
      Appraisal appraisal,
      LedgerRecord record,
      Instant expires) {
    List<byte[]> content = new ArrayList<>(used(appraisal.verified().report()));
    content.addAll(List.of(attempt.document(), policyText, workload.canonicalReferences()));
    Json.Obj result = result(attempt, appraisal, expires);
    return new Attested(
        attempt.session(),
        appraisal,
        workload,
        attempt.attestation().runtimeData().teePubkey(),
        record,
        content,
        result,
        signer.sign(result),
        expires);
  }

  private Json.Obj result(Attempt attempt, Appraisal appraisal, Instant expires) {
    Session session = attempt.session();
    return new EarPayload(
            session.id(),
            attempt.tee().wire(),
            appraisal,
            attempt.attestation(),
            provenInitData(appraisal),
            Bytes.of(attempt.attestation().digest(session.version())),
            insecure(appraisal.verified().report().insecure()),
            attempt.at(),
            expires)
        .toJson();
  }

  /** What a guest with this handshake would be told, for who only asks. */
  public Json.Obj result(RecordedHandshake handshake, Appraisal appraisal, Instant at) {
    Session session = handshake.session("0".repeat(32), at);
    return result(
        new Attempt(
            session,
            handshake.tee(),
            handshake.attestation(),
            Claimed.NOTHING,
            handshake.input(),
            new byte[0],
            at,
            0),
        appraisal,
        at.plus(settings.tokenLife()));
  }

  public Settings settings() {
    return settings;
  }

  private static List<Check> made(Appraisal appraisal) {
    List<Check> checks = new ArrayList<>(appraisal.verified().report().checks());
    checks.addAll(appraisal.checks());
    return checks;
  }

  private AttestOutcome refuse(Attempt attempt, List<Check> checks, Optional<Report> report)
      throws IOException {
    List<Check> failed = Verification.notPassed(checks);
    List<byte[]> used = report.map(this::used).orElse(List.of());
    List<byte[]> content = new ArrayList<>(used);
    content.addAll(List.of(attempt.document(), policyText));
    RecordBuilder builder =
        record(
                Decision.REFUSED,
                attempt,
                "unproven",
                insecure(report.map(Report::insecure).orElse(List.of())))
            .collateral(used.stream().map(ContentDigest::of).toList());
    attempt
        .claimed()
        .workload()
        .ifPresent(
            workload -> {
              byte[] references = workload.canonicalReferences();
              builder.references(ContentDigest.of(references));
              content.add(references);
            });
    failed.forEach(c -> builder.reason(c.id(), c.expected(), c.found()));
    Receipt receipt =
        decisions.record(
            builder.build(),
            content,
            failed,
            transaction -> {
              revisions.require(transaction.connection(), attempt.revision());
              UsedNonces.burn(transaction, attempt.session(), attempt.at());
            });
    return new AttestOutcome.Failed(failed, receipt);
  }

  private RecordBuilder record(
      Decision decision, Attempt attempt, String grade, List<String> insecure) {
    return LedgerRecord.builder(attempt.at(), decision, attempt.claimed().name())
        .tee(attempt.tee().wire(), grade)
        .evidence(attempt.evidence())
        .policy(policyRef)
        .insecure(insecure)
        .correlation(attempt.session().correlation());
  }

  private List<byte[]> used(Report report) {
    return collateral.used(report.digests().values());
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
}
