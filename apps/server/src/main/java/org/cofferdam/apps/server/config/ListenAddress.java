// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * Where to listen.
 *
 * @param address resolved
 * @param port 0 for any free one
 */
public record ListenAddress(InetAddress address, int port) {
  private static final int MAX_PORT = 65_535;

  /** Reads {@code ADDRESS:PORT}; an IPv6 address stands in brackets. */
  static ListenAddress parse(String field, String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new MalformedEvidenceException("configuration", field, -1, "is not ADDRESS:PORT");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > MAX_PORT) {
      throw new MalformedEvidenceException("configuration", field, -1, "has no such port");
    }
    try {
      String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
      return new ListenAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new MalformedEvidenceException("configuration", field, -1, "has no known address");
    }
  }

  public InetSocketAddress socket() {
    return new InetSocketAddress(address, port);
  }

  /** How a client on this machine reaches it, at the port that was really taken. */
  public String hostAndPort(int bound) {
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + bound;
  }
}
