// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.net.ssl.SSLContext;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.services.guest.Refusal;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.container.ListeningPorts;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.kbs.BrokerAddress;
import org.cofferdam.services.guest.kbs.BrokerException;
import org.cofferdam.services.guest.kbs.KbsClient;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.InitData;
import org.cofferdam.services.guest.pod.Pod;
import org.cofferdam.services.guest.pod.SecretUse;

/**
 * The loader of the attested unit, first process of its namespaces: copies what is to run into
 * memory of its own, lets the device measure those very bytes, attests, fetches the secrets, and
 * runs the program. Where it finds a fault itself it attests all the same, so that the refusal is
 * on record, and starts nothing whatever the answer.
 */
public final class Unit {
  private static final long LOOK_MILLIS = 20;
  private static final long SEAL_MILLIS = 2000;

  private final SandboxFolder folder;
  private final Path device;
  private final Status status;
  private final LogSink logs;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, SecretBytes> secrets = new LinkedHashMap<>();
  private final List<SealedVolume> volumes = new ArrayList<>();

  /**
   * @param device socket of the development device, relative to the working folder
   * @param logs used only where the init-data lets logs out
   */
  public Unit(
      SandboxFolder folder,
      Path device,
      Status status,
      LogSink logs,
      InstantSource clock,
      SecureRandom random) {
    this.folder = folder;
    this.device = device;
    this.status = status;
    this.logs = logs;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Lets Java load what attesting takes, while nobody waits for it yet: a key of the kind, and TLS.
   * None of it is used.
   */
  public static void warmUp(SecureRandom random) throws IOException {
    TeeKeyPair.generate(Curve.P256, random);
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(null, null, random);
      tls.createSSLEngine().getSupportedCipherSuites();
      Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS 1.3", e);
    }
    Json.parse("{}".getBytes(StandardCharsets.UTF_8)).canonical();
  }

  /** Comes back when the program has ended, or by exception. */
  public void run() throws Refusal, InterruptedException {
    try (DevelopmentDevice enclave = DevelopmentDevice.connect(device)) {
      Programs.SYSTEM.run("ip", "link", "set", "lo", "up");
      UnitLoading loading = new UnitLoading(folder, enclave);
      byte[] initDataBytes = loading.document("initdata.toml");
      InitData initData = initData(initDataBytes);
      BrokerAddress broker = broker(loading.document("broker.json"));
      UnitLoading.Loaded loaded = loading.load(initDataBytes, initData);
      status.step("loaded", "files", Json.of(loaded.files()));
      enclave.init();
      status.step("measured");
      attest(broker, initData, enclave, loaded);
      start(enclave, initData, loaded.accepted(), loaded.root());
    } catch (BrokerException e) {
      throw new Refusal("broker-refused", "The broker refused: " + e.getMessage() + ".");
    } catch (MalformedEvidenceException e) {
      throw new Refusal("malformed", "Something is malformed: " + e.getMessage() + ".");
    } catch (IOException e) {
      throw new Refusal("failed", "The unit could not go on: " + e + ".");
    } finally {
      secrets.values().forEach(SecretBytes::close);
    }
  }

  /** Writes what changed in the volumes; what the unit keeps goes with its memory otherwise. */
  public void seal() {
    for (SealedVolume volume : volumes) {
      try {
        volume.seal();
      } catch (IOException e) {
        status.step("volume-lost", "detail", Json.of(String.valueOf(e.getMessage())));
      }
    }
  }

  private void attest(
      BrokerAddress address,
      InitData initData,
      DevelopmentDevice enclave,
      UnitLoading.Loaded loaded)
      throws IOException, Refusal {
    try (KbsClient broker = KbsClient.connect(address, initData.brokerKey(), random)) {
      status.step("broker");
      try {
        broker.attest(new QuoteEvidence(enclave, initData.text()));
      } catch (BrokerException e) {
        loaded.accepted(); // what the unit found itself says more
        throw e;
      }
      status.step("attested");
      Pod pod = loaded.accepted();
      for (Container container : pod.all()) {
        for (SecretUse use : container.secrets()) {
          fetch(broker, use.resource());
        }
        for (Container.Mount mount : container.mounts()) {
          fetch(broker, volumeKey(pod, mount.volume()));
        }
      }
      status.step("secrets");
    }
  }

  private void fetch(KbsClient broker, String resource) throws IOException {
    if (!secrets.containsKey(resource)) {
      secrets.put(resource, broker.resource(resource));
    }
  }

  private SecretBytes secret(String resource) {
    SecretBytes secret = secrets.get(resource);
    if (secret == null) {
      throw new IllegalStateException("was not fetched: " + resource);
    }
    return secret;
  }

  private static String volumeKey(Pod pod, String volume) {
    return pod.namespace() + "/" + pod.name() + "/volume-" + volume;
  }

  private void start(DevelopmentDevice enclave, InitData initData, Pod pod, PrivateRoot root)
      throws IOException, InterruptedException, Refusal {
    Identities identities = Identities.system();
    Programs.SYSTEM.run("hostname", pod.hostname());
    root.furnish(pod.all());
    openVolumes(pod, root);
    for (Container container : pod.all()) {
      for (SecretUse use : container.secrets()) {
        if (use instanceof SecretUse.SecretFile file) {
          root.secret(file.path(), secret(file.resource()), file.mode(), container.user());
        }
      }
    }
    root.close(pod.all());
    LogSink sink = initData.logs() ? logs : LogSink.NONE;
    for (Container container : pod.initContainers()) {
      int code = program(container, root, identities, sink).process().waitFor();
      if (code != 0) {
        throw new Refusal("init-failed", container.name() + " ended with " + code + ".");
      }
      status.step("init-container", "name", Json.of(container.name()));
    }
    Container main = pod.containers().getFirst();
    Process process = program(main, root, identities, sink).process();
    status.step("container", "name", Json.of(main.name()));
    awaitService(enclave, main, process);
    status.ready();
    while (process.isAlive()) {
      Thread.sleep(SEAL_MILLIS);
      seal();
    }
    status.step(
        "container-ended", "detail", Json.of(main.name() + " ended with " + process.exitValue()));
  }

  private void openVolumes(Pod pod, PrivateRoot root) throws IOException {
    for (Pod.Volume volume : pod.volumes()) {
      String key = volumeKey(pod, volume.name());
      if (secrets.containsKey(key)) {
        SealedVolume sealed =
            new SealedVolume(
                key, secret(key), folder.volume(volume.name()), root.volume(volume.name()), random);
        sealed.open();
        volumes.add(sealed);
      }
    }
  }

  private SandboxedProgram program(
      Container container, PrivateRoot root, Identities identities, LogSink sink)
      throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (SecretUse use : container.secrets()) {
      if (use instanceof SecretUse.Variable variable) {
        variables.put(
            variable.name(),
            secret(variable.resource()).lend(b -> new String(b, StandardCharsets.UTF_8)));
      }
    }
    return SandboxedProgram.start(container, variables, root.path(), identities, sink);
  }

  /** Lets traffic in once the program listens: from outside, and from the helpers. */
  private void awaitService(DevelopmentDevice enclave, Container main, Process process)
      throws IOException, InterruptedException, Refusal {
    if (main.ports().isEmpty()) {
      return;
    }
    ChannelServer channel = ChannelServer.create(enclave, clock, random);
    int port = main.ports().getFirst();
    ListeningPorts listening = ListeningPorts.system();
    while (!listening.listening(port)) {
      if (!process.isAlive()) {
        throw new Refusal(
            "program-ended", main.name() + " ended with " + process.exitValue() + ".");
      }
      Thread.sleep(LOOK_MILLIS);
    }
    for (int open : main.ports()) {
      channel.serve(open);
    }
    Relay.fromUnix(SandboxFolder.serviceSocket(), Relay.toTcp(port));
  }

  /** The broker, through the relay of this namespace; the host's own port is of no use here. */
  private static BrokerAddress broker(byte[] routing) throws IOException {
    BrokerAddress.parse(routing);
    int port = Relay.fromTcp(0, Relay.toUnix(SandboxFolder.brokerSocket()));
    return new BrokerAddress("127.0.0.1", port);
  }

  private static InitData initData(byte[] bytes) throws Refusal {
    try {
      return InitData.parse(bytes);
    } catch (MalformedEvidenceException e) {
      // Without it there is no key to pin, so nobody to tell.
      throw new Refusal("init-data", "The init-data is malformed: " + e.getMessage() + ".");
    }
  }
}
