// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import javax.net.ssl.SSLSocket;

/** A TLS connection as a relay's end. */
final class TlsEnds {
  private TlsEnds() {}

  static Relay.Ends of(SSLSocket socket) throws IOException {
    return new Relay.Ends(
        socket.getInputStream(), socket.getOutputStream(), socket::close, socket::shutdownOutput);
  }
}
