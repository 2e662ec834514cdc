// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.SgxDevice;
import org.cofferdam.quality.foundry.TestIntel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the attested channel over real TLS, with a device under a root of this test. */
class ChannelTest {
  private final Instant now = Instant.now();

  @TempDir Path folder;
  private final TestIntel intel = new TestIntel(now, Hook.none());
  private final SecureRandom random = new SecureRandom();
  private final List<String> watched = Collections.synchronizedList(new ArrayList<>());
  private ServerSocketChannel socket;
  private ServerSocket program;
  private DevelopmentDevice device;
  private String mrEnclave = "";

  @BeforeEach
  void startDevice() throws Exception {
    Path path = folder.resolve("d");
    socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual().start(this::converse);
    device = DevelopmentDevice.connect(path);
    device.add("unit");
    device.content(new ByteArrayInputStream(new byte[100_000]));
    mrEnclave = Hex.encode(device.init());
    program = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::echo);
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
    socket.close();
    program.close();
  }

  @Test
  void theUnitThatWasPredictedIsReached() throws Exception {
    assertThat(ask(client(intel, mrEnclave), serve())).isEqualTo("hello");
    assertThat(watched).containsExactly("attested");
  }

  @Test
  void anotherUnitGetsNoByte() throws Exception {
    int port = serve();
    ChannelClient client = client(intel, "00".repeat(32));
    assertThatThrownBy(() -> client.connect(port)).isInstanceOf(IOException.class);
    assertThat(watched).singleElement().asString().contains("sgx.mrenclave");
  }

  @Test
  void withoutReferenceValuesNoUnitIsTheRightOne() throws Exception {
    int port = serve();
    ChannelClient client = client(intel, List.of());
    assertThatThrownBy(() -> client.connect(port)).isInstanceOf(IOException.class);
    assertThat(watched).singleElement().asString().contains("no reference value");
  }

  @Test
  void aQuoteUnderAnotherRootGetsNoByte() throws Exception {
    int port = serve();
    ChannelClient client = client(new TestIntel(now, Hook.none()), mrEnclave);
    assertThatThrownBy(() -> client.connect(port)).isInstanceOf(IOException.class);
    assertThat(watched).singleElement().asString().startsWith("refused");
  }

  private int serve() throws IOException {
    return ChannelServer.create(device, InstantSource.fixed(now), random)
        .listen(program.getLocalPort());
  }

  private static String ask(ChannelClient client, int port) throws IOException {
    Relay.Ends ends = client.connect(port);
    try {
      ends.out().write("hello".getBytes(StandardCharsets.UTF_8));
      ends.out().flush();
      return new String(ends.in().readNBytes(5), StandardCharsets.UTF_8);
    } finally {
      ends.close().run();
    }
  }

  private ChannelClient client(TestIntel vendor, String expected) {
    return client(
        vendor,
        List.of(
            ReferenceValue.predicted(
                "sgx.mrenclave", "/sgx/mrenclave", Json.of(expected), "test")));
  }

  private ChannelClient client(TestIntel vendor, List<ReferenceValue> values) {
    TrustAnchors anchors =
        new TrustAnchors(List.of())
            .with(
                new TrustAnchor(
                    "test",
                    "intel-sgx",
                    Bytes.of(vendor.root().publicKey()),
                    TrustAnchor.Origin.DEVELOPMENT));
    Verifier verifier =
        Verifier.create(
            new JcaSignatureEngine(),
            Endorsements.of(anchors, List.of(Document.of("c", vendor.collateral(false)))));
    return ChannelClient.create(
        verifier,
        new ReferenceSet("default/orders", values),
        InstantSource.fixed(now),
        random,
        new Recorder());
  }

  private final class Recorder implements ChannelClient.Watch {
    @Override
    public void attested() {
      watched.add("attested");
    }

    @Override
    public void refused(String why) {
      watched.add("refused: " + why);
    }
  }

  private void converse() {
    try (SocketChannel client = socket.accept()) {
      new SgxDevice(intel)
          .converse(
              new DataInputStream(Channels.newInputStream(client)),
              new DataOutputStream(Channels.newOutputStream(client)));
    } catch (IOException e) {
      System.err.println("device: " + e.getMessage());
    }
  }

  private void echo() {
    try (Socket peer = program.accept()) {
      peer.getInputStream().transferTo(peer.getOutputStream());
    } catch (IOException e) {
      System.err.println("program: " + e.getMessage());
    }
  }
}
