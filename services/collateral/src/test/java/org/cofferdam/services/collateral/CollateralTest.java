// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestIntel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients against a local stand-in of the vendors' services that answers, limits and fails. */
class CollateralTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path folder;

  private final Map<String, Fetcher.Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private volatile int failing;
  private volatile Instant now = NOW;
  private HttpServer server;
  private HttpFetcher fetcher;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          synchronized (asked) {
            asked.add(path);
          }
          Fetcher.Answer answer =
              failing != 0
                  ? new Fetcher.Answer(failing, Map.of("retry-after", "30"), new byte[0])
                  : answers.getOrDefault(path, new Fetcher.Answer(404, Map.of(), new byte[0]));
          answer.headers().forEach((n, v) -> exchange.getResponseHeaders().add(n, v));
          byte[] body = answer.body();
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          if (body.length > 0) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    fetcher = new HttpFetcher();
  }

  @AfterEach
  void stop() {
    fetcher.close();
    server.stop(0);
  }

  private CollateralCache cache() {
    return new CollateralCache(fetcher, folder, () -> now, Duration.ofHours(24));
  }

  private FetchedEndorsements endorsements(CollateralCache cache, byte[] root) {
    return new FetchedEndorsements(
        new TrustAnchors(
            List.of(
                new TrustAnchor(
                    "foundry",
                    TrustAnchors.ANY_USE,
                    Bytes.of(root),
                    TrustAnchor.Origin.DEVELOPMENT))),
        new IntelService(cache, base, base.resolve("/root.der")),
        new AmdService(cache, base));
  }

  /** Lays the foundry's collateral out as Intel's service answers. */
  private byte[] intel(TestIntel intel) {
    Json.Obj bundle = Json.parse(intel.collateral(true)).asObject("bundle");
    String tdx = "/tdx/certification/v4";
    answers.put(
        tdx + "/tcb?fmspc=00606a000000",
        signed(bundle, "tcbInfo", "tcb_info", "tcb-info-issuer-chain"));
    answers.put(
        tdx + "/qe/identity",
        signed(bundle, "enclaveIdentity", "qe_identity", "sgx-enclave-identity-issuer-chain"));
    answers.put(
        "/sgx/certification/v4/pckcrl?ca=platform&encoding=der",
        new Fetcher.Answer(
            200,
            Map.of("sgx-pck-crl-issuer-chain", url(bundle.string("pck_crl_issuer_chain"))),
            Hex.decode(bundle.string("pck_crl"))));
    answers.put(
        "/root.der", new Fetcher.Answer(200, Map.of(), Hex.decode(bundle.string("root_ca_crl"))));
    return intel.tdxQuote(
        new byte[48],
        List.of(new byte[48], new byte[48], new byte[48], new byte[48]),
        new byte[64]);
  }

  private static Fetcher.Answer signed(
      Json.Obj bundle, String name, String member, String chainHeader) {
    String body =
        "{\"%s\":%s,\"signature\":\"%s\"}"
            .formatted(name, bundle.string(member), bundle.string(member + "_signature"));
    return new Fetcher.Answer(
        200,
        Map.of(chainHeader, url(bundle.string(member + "_issuer_chain"))),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String url(String pem) {
    return URLEncoder.encode(pem, StandardCharsets.UTF_8);
  }

  private org.cofferdam.core.attestation.VerificationResult verify(
      FetchedEndorsements endorsements, byte[] evidence) {
    return Verifier.create(new JcaSignatureEngine(), endorsements)
        .verify(
            Evidence.of(evidence), Expectations.at(now, Policy.genuine()).withDevelopment(true));
  }

  @Test
  void aQuoteVerifiesWithWhatIntelsServiceAnswersAndWhatWasExportedServesAlone() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    byte[] quote = intel(intel);
    FetchedEndorsements endorsements = endorsements(cache(), intel.root().publicKey());
    assertThat(verify(endorsements, quote)).isInstanceOf(DevelopmentEvidence.class);
    List<Document> exported = endorsements.given();
    assertThat(exported).hasSize(1);
    assertThat(
            Verifier.create(
                    new JcaSignatureEngine(), Endorsements.of(endorsements.anchors(), exported))
                .verify(
                    Evidence.of(quote),
                    Expectations.at(NOW, Policy.genuine()).withDevelopment(true)))
        .isInstanceOf(DevelopmentEvidence.class);
    assertThat(CollateralFacts.of(exported.getFirst()).stream().map(CollateralFacts::kind))
        .contains("tcb-info", "qe-identity", "crl");
  }

  @Test
  void aReportVerifiesWithWhatAmdsServiceAnswers() throws IOException {
    TestAmd amd =
        new TestAmd(
            TestAmd.Keys.generate(),
            new TestAmd.Machine("Genoa", 5, false),
            NOW.minusSeconds(86400),
            Hook.none());
    byte[] report = amd.report(new byte[64], new byte[48]);
    String chip = Hex.encode(report).substring(2 * 0x1a0, 2 * 0x1e0);
    answers.put(
        "/vcek/v1/Genoa/%s?blSPL=%d&teeSPL=%d&snpSPL=%d&ucodeSPL=%d"
            .formatted(chip, report[0x180], report[0x181], report[0x186], report[0x187] & 0xff),
        new Fetcher.Answer(200, Map.of(), amd.signerCertificate()));
    answers.put(
        "/vcek/v1/Genoa/cert_chain",
        new Fetcher.Answer(
            200,
            Map.of(),
            (pem(amd.issuerCertificate()) + pem(amd.rootCertificate()))
                .getBytes(StandardCharsets.US_ASCII)));
    FetchedEndorsements endorsements = endorsements(cache(), amd.rootPublicKey());
    assertThat(verify(endorsements, report)).isInstanceOf(DevelopmentEvidence.class);
    // A VCEK is kept for good; the service is not asked again even years later.
    now = NOW.plus(Duration.ofDays(1000));
    failing = 503;
    asked.clear();
    endorsements.find(
        new Endorsements.Query.AmdKey(
            "Genoa", chip, Hex.encode(report).substring(2 * 0x180, 2 * 0x188), false));
    assertThat(asked).noneMatch(path -> path.contains("blSPL"));
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void anAnswerIsAskedForOnceWhileItIsFreshAlsoAfterARestart() {
    answers.put("/x", new Fetcher.Answer(200, Map.of("h", "v"), new byte[] {1, 2}));
    URI uri = base.resolve("/x");
    assertThat(cache().get(uri, HOUR).orElseThrow().body()).containsExactly(1, 2);
    Fetcher.Answer again = cache().get(uri, HOUR).orElseThrow();
    assertThat(again.body()).containsExactly(1, 2);
    assertThat(again.headers()).containsEntry("h", "v");
    assertThat(asked).hasSize(1);
    now = now.plus(HOUR);
    cache().get(uri, HOUR);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whileAServiceFailsAnOldAnswerServesWithinItsGraceAndIsOnRecord() {
    answers.put("/x", new Fetcher.Answer(200, Map.of(), new byte[] {1}));
    URI uri = base.resolve("/x");
    CollateralCache cache = cache();
    cache.get(uri, HOUR);
    failing = 503;
    now = NOW.plus(HOUR);
    assertThat(cache.get(uri, HOUR)).isPresent();
    assertThat(cache.outages())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.cause()).isEqualTo("status 503");
              assertThat(o.fetched()).isEqualTo(NOW);
              assertThat(o.used()).isEqualTo(now);
            });
    now = NOW.plus(HOUR).plus(Duration.ofHours(24)).plusSeconds(1);
    assertThat(cache.get(uri, HOUR)).isEmpty();
    assertThat(cache.outages()).hasSize(1);
  }

  @Test
  void aServiceThatLimitsIsLeftAloneAsLongAsItSays() {
    URI uri = base.resolve("/x");
    CollateralCache cache = cache();
    failing = 429;
    assertThat(cache.get(uri, HOUR)).isEmpty();
    now = NOW.plusSeconds(29);
    assertThat(cache.get(uri, HOUR)).isEmpty();
    assertThat(asked).hasSize(1);
    now = NOW.plusSeconds(30);
    failing = 0;
    answers.put("/x", new Fetcher.Answer(200, Map.of(), new byte[] {1}));
    assertThat(cache.get(uri, HOUR)).isPresent();
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatTheServiceDoesNotHaveIsNotKept() {
    URI uri = base.resolve("/nothing");
    assertThat(cache().get(uri, HOUR)).isEmpty();
    assertThat(cache().get(uri, HOUR)).isEmpty();
    assertThat(asked).hasSize(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void requestsAtOneTimeBecomeOne() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    CollateralCache cache =
        new CollateralCache(
            uri -> {
              calls.incrementAndGet();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Fetcher.Answer(200, Map.of(), new byte[] {1});
            },
            folder,
            () -> NOW,
            HOUR);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Fetcher.Answer>>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> cache.get(URI.create("http://service/x"), HOUR)));
      }
      release.countDown();
      for (Future<Optional<Fetcher.Answer>> one : all) {
        assertThat(one.get(10, TimeUnit.SECONDS)).isPresent();
      }
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void aDamagedFileOfTheCacheIsAskedForAgain() throws IOException {
    answers.put("/x", new Fetcher.Answer(200, Map.of(), new byte[] {1}));
    URI uri = base.resolve("/x");
    cache().get(uri, HOUR);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{");
      }
    }
    assertThat(cache().get(uri, HOUR)).isPresent();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFaultOfTheService() throws IOException {
    answers.put("/x", new Fetcher.Answer(200, Map.of(), new byte[] {1}));
    folder = Files.createFile(folder.resolve("file"));
    CollateralCache cache = cache();
    assertThatThrownBy(() -> cache.get(base.resolve("/x"), HOUR))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
    assertThat(cache.outages()).isEmpty();
  }

  @Test
  void anAnswerOfAnotherFormIsMissedNotBelieved() {
    TestIntel intel = new TestIntel(NOW, Hook.none());
    byte[] quote = intel(intel);
    answers.put(
        "/tdx/certification/v4/qe/identity",
        new Fetcher.Answer(200, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8)));
    assertThat(verify(endorsements(cache(), intel.root().publicKey()), quote))
        .isInstanceOf(Undecided.class);
  }

  @Test
  void collateralThatGoesBackIsSeenByNumberAndByDate() {
    Document newer =
        Document.of("a", new TestIntel(NOW.plusSeconds(86400), Hook.none()).collateral(true));
    Document older = Document.of("a", new TestIntel(NOW, Hook.none()).collateral(true));
    CollateralFacts late = CollateralFacts.of(newer).getFirst();
    CollateralFacts early = CollateralFacts.of(older).getFirst();
    assertThat(early.isBehind(late)).isTrue();
    assertThat(late.isBehind(early)).isFalse();
    assertThat(early.isBehind(early)).isFalse();
    CollateralFacts lower =
        new CollateralFacts(
            "a",
            late.kind(),
            late.subject(),
            late.issued(),
            late.until(),
            late.number().map(n -> n.subtract(java.math.BigInteger.ONE)));
    assertThat(lower.isBehind(late)).isTrue();
  }
}
