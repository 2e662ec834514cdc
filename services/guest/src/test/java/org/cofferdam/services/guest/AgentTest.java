// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.kbs.TestBroker;
import org.cofferdam.services.guest.tpm.Swtpm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole agent outside of a virtual machine: a software TPM, a broker in this process that
 * grants or refuses as told, and real containers.
 */
class AgentTest {
  private static final String CGROUP = "/cofferdam-test-" + ProcessHandle.current().pid();

  @TempDir static Path machine;
  @TempDir Path folder;
  private Path memory;
  private Swtpm swtpm;
  private TestBroker broker;
  private LaunchDisk disk;
  private int port;
  private final ByteArrayOutputStream statusLines = new ByteArrayOutputStream();
  private final List<String> logs = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/runc"))
            || Files.isExecutable(Path.of("/usr/bin/runc")),
        "runc is not installed");
    Assumptions.assumeTrue(Files.exists(Path.of("/bin/busybox")), "busybox is not installed");
    Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/shm")), "no file system in memory");
    Assumptions.assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "containers need root");
    memory = Files.createTempDirectory(Path.of("/dev/shm"), "agent-test");
    swtpm = Swtpm.start(machine);
    broker = new TestBroker(machine);
    broker.secret("default/db/password", "swordfish");
    broker.secret("default/db/key", "key-bytes\n");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    disk = new LaunchDisk();
    disk.initData(broker, true, disk.pod(port));
    disk.request(disk.pod(port));
    disk.routing(broker);
  }

  @AfterEach
  void stop() throws Exception {
    if (broker != null) {
      broker.close();
    }
    if (swtpm != null) {
      swtpm.close();
    }
    if (memory != null) {
      new ProcessBuilder("rm", "-rf", memory.toString()).inheritIO().start().waitFor();
      removeCgroups();
    }
  }

  @Test
  void goodPodRunsWithItsSecretsWhereItWantsThem() throws Exception {
    runUntilReady();
    assertThat(logs)
        .contains(
            "prepare: read-only",
            "orders: 1000",
            "orders: hello swordfish",
            "orders: key-bytes",
            "orders: /tmp",
            "orders: 0 7",
            "orders: volume-read-only",
            "orders: 67108864");
    assertThat(statusLines.toString(StandardCharsets.UTF_8)).doesNotContain("swordfish");
    assertThat(folder.resolve("hostname")).hasContent("orders");
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(memory.toString());
  }

  @Test
  void logsStayInsideUnlessThePolicyLetsThemOut() throws Exception {
    disk.initData(broker, false, disk.pod(port));
    runUntilReady();
    assertThat(logs).isEmpty();
  }

  @Test
  void evidenceIsSignedFreshAndExplainedByItsLog() throws Exception {
    runUntilReady();
    Json.Obj evidence = broker.attestation().primaryEvidence().asObject("evidence");
    assertThat(bytes(evidence, "credential")).isEqualTo(broker.credential());
    Json.Obj quote = evidence.object("tpm_quote");
    byte[] attest = bytes(quote, "message");
    assertThat(verifies(bytes(evidence, "ak_public"), attest, bytes(quote, "signature"))).isTrue();
    byte[] nonce = Arrays.copyOf(broker.attestation().digest(KbsVersion.V0_4_0), 32);
    assertThat(Hex.encode(attest)).contains("0020" + Hex.encode(nonce));
    List<String> pcrs = quote.array("pcrs").stream().map(p -> p.asString("pcr")).toList();
    ByteArrayOutputStream quoted = new ByteArrayOutputStream();
    pcrs.subList(0, 16).forEach(pcr -> quoted.writeBytes(Hex.decode(pcr)));
    assertThat(Hex.encode(attest)).endsWith(Hex.encode(Digests.sha256(quoted.toByteArray())));
    assertThat(pcrs.subList(16, 24)).containsOnly("");

    byte[] initData = disk.file("initdata.toml");
    assertThat(pcrs.get(8)).isEqualTo(Hex.encode(extend(new byte[32], Digests.sha256(initData))));
    List<String> entries = new ArrayList<>();
    assertThat(pcrs.get(13)).isEqualTo(replay(bytes(evidence, "eventlog"), entries));
    Json.Obj pod = Json.parse(disk.pod(port).getBytes(StandardCharsets.UTF_8)).asObject("pod");
    String layers =
        "\"layers\":[\"sha256:" + disk.layer + "\"],\"manifest\":\"sha256:" + disk.image;
    assertThat(entries).hasSize(5);
    assertThat(entries.get(0))
        .isEqualTo(
            "cofferdam.org/pod init-data {\"digest\":\"sha256:"
                + Hex.encode(Digests.sha256(initData))
                + "\"}");
    assertThat(entries.get(1)).startsWith("cofferdam.org/pod image {\"config\":").contains(layers);
    assertThat(entries.get(2)).isEqualTo(container(pod.array("initContainers").getFirst()));
    assertThat(entries.get(3)).isEqualTo(container(pod.array("containers").getFirst()));
    assertThat(entries.get(4)).isEqualTo("cofferdam.org/pod ready {}");
  }

  @Test
  void anotherRequestIsAttestedAndNotStarted() throws Exception {
    disk.request(disk.pod(port).replace("GREETING=hello", "GREETING=bye"));
    assertThat(refusal()).isEqualTo("request-differs");
    assertThat(broker.paths()).containsExactly("auth", "attest");
    assertThat(measuredText()).contains("GREETING=bye");
  }

  @Test
  void theGuestsOwnFindingIsToldWhereTheBrokerRefusesToo() throws Exception {
    broker.refuse();
    disk.request(disk.pod(port).replace("GREETING=hello", "GREETING=bye"));
    assertThat(refusal()).isEqualTo("request-differs");
    assertThat(broker.paths()).containsExactly("auth", "attest");
  }

  @Test
  void aRequestThatCannotBeReadIsAttestedAndNotStarted() throws Exception {
    disk.request("{\"version\":2}");
    assertThat(refusal()).isEqualTo("request");
    assertThat(broker.paths()).containsExactly("auth", "attest");
    assertThat(measuredText()).contains("cofferdam.org/pod unreadable");
  }

  @Test
  void changedImageBytesAreAttestedAsTheyAreAndNotStarted() throws Exception {
    byte[] changed = disk.file("images/blobs/sha256/" + disk.layer);
    changed[changed.length - 2000] ^= 1;
    assertThat(refusal()).isEqualTo("image-differs");
    assertThat(broker.paths()).containsExactly("auth", "attest");
    assertThat(measuredText())
        .contains("\"layers\":[\"sha256:" + Hex.encode(Digests.sha256(changed)) + "\"]")
        .doesNotContain(disk.layer);
  }

  @Test
  void aMissingLayerIsAttestedAsMissingAndNotStarted() throws Exception {
    disk.files.remove("images/blobs/sha256/" + disk.layer);
    assertThat(refusal()).isEqualTo("image-differs");
    assertThat(measuredText()).contains("\"layers\":[null]");
  }

  @Test
  void refusedEvidenceStartsNothing() throws Exception {
    broker.refuse();
    assertThat(refusal()).isEqualTo("broker-refused");
    assertThat(logs).isEmpty();
    assertThat(broker.paths()).containsExactly("auth", "attest");
  }

  @Test
  void aSecretThatIsDeniedStartsNothing() throws Exception {
    disk.initData(broker, true, disk.pod(port).replace("db/key", "db/other"));
    disk.request(disk.pod(port).replace("db/key", "db/other"));
    assertThat(refusal()).isEqualTo("broker-refused");
    assertThat(logs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"initdata.toml", "request.json", "broker.json"})
  void aDiskWithoutADocumentIsRefused(String name) throws Exception {
    disk.files.remove(name);
    assertThat(refusal()).isEqualTo("malformed");
    assertThat(broker.paths()).isEmpty();
  }

  private static void removeCgroups() throws IOException {
    try (var hierarchies = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
      for (Path hierarchy : hierarchies) {
        Files.deleteIfExists(hierarchy.resolve(CGROUP.substring(1)));
      }
    }
  }

  private void runUntilReady() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread agent = Thread.ofPlatform().start(() -> outcome.complete(run()));
    while (!statusLines.toString(StandardCharsets.UTF_8).contains("\"step\":\"ready\"")) {
      assertThat(outcome.isDone()).as(() -> outcome.join() + statusLines).isFalse();
      Thread.sleep(20);
    }
    agent.interrupt();
    assertThat(outcome.get()).isEqualTo("interrupted");
  }

  private String refusal() {
    return run();
  }

  private String run() {
    Status status = new Status(statusLines, () -> 0);
    try {
      Path file = disk.write(folder.resolve("pod.tar"));
      LogSink sink = (container, line) -> logs.add(container + ": " + line);
      Guest guest =
          new Guest(
              swtpm.connect(),
              new byte[0],
              file,
              Files.size(file),
              memory,
              CGROUP,
              folder.resolve("hostname"),
              sink,
              Programs.SYSTEM);
      new Agent(guest, status, new SecureRandom()).run();
      return "ended";
    } catch (Refusal e) {
      return e.code();
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String measuredText() throws IOException {
    List<String> entries = new ArrayList<>();
    Json.Obj evidence = broker.attestation().primaryEvidence().asObject("evidence");
    String pcr = replay(bytes(evidence, "eventlog"), entries);
    assertThat(evidence.object("tpm_quote").array("pcrs").get(13).asString("13")).isEqualTo(pcr);
    return String.join("\n", entries);
  }

  /** PCR 13 after the log's entries, whose texts are added to {@code entries}. */
  private static String replay(byte[] log, List<String> entries) {
    ByteReader in = ByteReader.of("log", log);
    byte[] pcr13 = new byte[32];
    while (in.remaining() > 0) {
      long pcr = in.u32le("pcr");
      assertThat(in.u32le("type")).isEqualTo(6);
      assertThat(in.u32le("count")).isEqualTo(1);
      assertThat(in.u16le("alg")).isEqualTo(0x0b);
      byte[] digest = in.bytes("digest", 32);
      byte[] event = in.bytes("event", in.u32le("size"));
      ByteReader tagged = ByteReader.of("event", event);
      assertThat(tagged.u32le("tag")).isEqualTo(0x4141454c);
      byte[] text = tagged.bytes("text", tagged.u32le("size"));
      tagged.end("event");
      entries.add(new String(text, StandardCharsets.UTF_8));
      if (pcr == 13) {
        assertThat(digest).isEqualTo(Digests.sha256(event));
        pcr13 = extend(pcr13, digest);
      } else {
        assertThat(pcr).isEqualTo(8);
      }
    }
    return Hex.encode(pcr13);
  }

  private static String container(Json container) {
    return "cofferdam.org/pod container "
        + new String(container.canonical(), StandardCharsets.UTF_8);
  }

  private static byte[] extend(byte[] pcr, byte[] digest) {
    return Digests.sha256(pcr, digest);
  }

  private static byte[] bytes(Json.Obj json, String name) {
    return Base64Text.fromStandard(name, json.string(name));
  }

  private static boolean verifies(byte[] spki, byte[] attest, byte[] signature) throws Exception {
    ByteReader in = ByteReader.of("TPMT_SIGNATURE", signature);
    in.skip("algorithms", 4);
    byte[] raw = new byte[64];
    for (int half = 0; half < 2; half++) {
      byte[] value = in.bytes("value", in.u16be("size"));
      System.arraycopy(value, 0, raw, 32 * half + 32 - value.length, value.length);
    }
    Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
    ecdsa.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
    ecdsa.update(attest);
    return ecdsa.verify(raw);
  }
}
