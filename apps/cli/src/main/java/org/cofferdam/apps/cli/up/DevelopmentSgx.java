// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.quality.foundry.SgxDevice;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.run.SavedProcess;

/**
 * The development SGX of this machine: a process of its own with a Unix socket, which measures what
 * units load and quotes it under a root that nobody trusts but a server started for development. It
 * outlives the command, as the server does.
 *
 * @param socket of the device
 * @param root its root certificate, PEM
 * @param collateral folder with what its vendor would publish
 */
record DevelopmentSgx(Path socket, Path root, Path collateral) {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /** Collateral of the device is good for 30 days. */
  private static final Duration LIFE = Duration.ofDays(20);

  private static final int COLLATERAL = 5;
  private static final int LARGEST_ANSWER = 1 << 20;

  /** Uses the device that runs, or starts one. */
  static DevelopmentSgx ensure(Home home) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(folder(home));
    Optional<ProcessHandle> running = running(folder);
    if (running.isPresent() && young(folder)) {
      return read(folder);
    }
    stop(home);
    Path socket = folder.resolve("device.sock");
    Files.deleteIfExists(socket);
    Path log = folder.resolve("device.log");
    Process process =
        new ProcessBuilder(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SgxDevice.class.getName(),
                String.valueOf(socket.getFileName()))
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.readString(log).contains("ready")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new CommandException(
            ExitCode.FAULT, "the development SGX did not start", "See " + log + ".");
      }
      Thread.sleep(10);
    }
    publish(folder, socket);
    Files.writeString(
        folder.resolve("state.json"),
        Json.object()
            .put("device", SavedProcess.save(process.toHandle()))
            .put("since", Instant.now().toString())
            .build()
            .pretty());
    return read(folder);
  }

  /** Ends the device, if one runs. */
  static boolean stop(Home home) throws IOException {
    Path folder = folder(home);
    Optional<ProcessHandle> running = running(folder);
    running.ifPresent(
        device -> {
          device.destroy();
          if (!SavedProcess.ended(device, END_LIMIT)) {
            device.destroyForcibly();
          }
        });
    Files.deleteIfExists(folder.resolve("state.json"));
    return running.isPresent();
  }

  /** How a server is told to accept it. */
  Json anchor() {
    return Json.object()
        .put("id", "development-sandbox")
        .put("use", "intel-sgx")
        .put("file", root.toString())
        .build();
  }

  Path collateralFile() {
    return collateral.resolve("collateral.json");
  }

  private static Path folder(Home home) {
    return home.root().resolve("sgx");
  }

  private static Optional<ProcessHandle> running(Path folder) throws IOException {
    return state(folder).flatMap(s -> SavedProcess.find(s.object("device")));
  }

  private static boolean young(Path folder) throws IOException {
    return state(folder)
        .map(s -> Instant.parse(s.string("since")).plus(LIFE).isAfter(Instant.now()))
        .orElse(false);
  }

  private static Optional<Json.Obj> state(Path folder) throws IOException {
    Path file = folder.resolve("state.json");
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readAllBytes(file)).asObject("device state"));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  /** The names hold the root's digest, so that another root is another configuration. */
  private static DevelopmentSgx read(Path folder) throws IOException {
    String name = Files.readString(folder.resolve("current"));
    return new DevelopmentSgx(
        folder.resolve("device.sock"),
        folder.resolve("root-" + name + ".pem"),
        folder.resolve("collateral-" + name));
  }

  private static void publish(Path folder, Path socket) throws IOException {
    byte[] collateral = ask(socket);
    String chain = Json.parse(collateral).asObject("collateral").string("tcb_info_issuer_chain");
    Certificate root = Pem.certificates(chain).getLast();
    String pem = chain.substring(chain.lastIndexOf("-----BEGIN"));
    String name = Hex.encode(Digests.sha256(root.spki().toArray())).substring(0, 16);
    Files.writeString(folder.resolve("root-" + name + ".pem"), pem);
    Path place = Files.createDirectories(folder.resolve("collateral-" + name));
    Files.write(place.resolve("collateral.json"), collateral);
    Files.writeString(folder.resolve("current"), name);
  }

  private static byte[] ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel))) {
      out.writeInt(1);
      out.writeByte(COLLATERAL);
      int length = in.readInt();
      int status = in.readUnsignedByte();
      if (length < 1 || length > LARGEST_ANSWER) {
        throw new IOException("the device answers with " + length + " bytes");
      }
      byte[] body = in.readNBytes(length - 1);
      if (status != 0) {
        throw new IOException("the device says: " + new String(body, StandardCharsets.UTF_8));
      }
      return body;
    }
  }

  /** Gives a run what its helpers need to know the unit by. */
  void copyTo(LaunchFolder run) throws IOException {
    Path channel = Files.createDirectories(run.folder().resolve("channel"));
    Files.copy(root, channel.resolve("root.pem"));
    Files.copy(collateralFile(), channel.resolve("collateral.json"));
  }
}
