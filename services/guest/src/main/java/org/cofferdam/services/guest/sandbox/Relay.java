// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Carries connections in and out of a network namespace, byte for byte: a Unix socket is a file and
 * so reaches where TCP does not. It understands nothing of what it carries and is trusted with
 * nothing.
 */
final class Relay {
  private static final int BUFFER = 1 << 16;

  /** Opens the other side of a connection. */
  @FunctionalInterface
  interface Target {
    Ends open() throws IOException;
  }

  /**
   * Both directions of one connection.
   *
   * @param in what the peer says
   * @param out what it is told
   * @param close ends both
   * @param end tells the peer that nothing more will come
   */
  record Ends(InputStream in, OutputStream out, Closing close, Closing end) {
    static Ends of(SocketChannel channel) {
      return new Ends(
          Channels.newInputStream(channel),
          Channels.newOutputStream(channel),
          channel::close,
          channel::shutdownOutput);
    }
  }

  /** Something that may fail while it closes. */
  @FunctionalInterface
  interface Closing {
    void run() throws IOException;
  }

  private Relay() {}

  /** Listens on a loopback port, or any free one for 0; says which. */
  static int fromTcp(int port, Target target) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accept(server, target);
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** Listens on a Unix socket, whose file is made anew. */
  static void fromUnix(Path path, Target target) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    accept(server, target);
  }

  static Target toTcp(int port) {
    return () ->
        Ends.of(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  static Target toUnix(Path path) {
    return () -> Ends.of(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /** Serves one connection to its end. */
  static void join(Ends near, Target target) {
    try {
      Ends far = target.open();
      Thread back = Thread.ofVirtual().start(() -> pump(far.in(), near.out(), near.end()));
      pump(near.in(), far.out(), far.end());
      back.join();
      far.close().run();
    } catch (IOException e) {
      System.err.println("relay: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      quietly(near.close());
    }
  }

  private static void accept(ServerSocketChannel server, Target target) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (server) {
                while (true) {
                  Ends near = Ends.of(server.accept());
                  Thread.ofVirtual().start(() -> join(near, target));
                }
              } catch (IOException e) {
                System.err.println("relay: " + e.getMessage());
              }
            });
  }

  private static void pump(InputStream from, OutputStream to, Closing end) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      System.err.println("relay: " + e.getMessage());
    } finally {
      quietly(end);
    }
  }

  /** A peer that is gone already needs no closing. */
  private static void quietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException e) {
      System.err.println("relay: " + e.getMessage());
    }
  }
}
