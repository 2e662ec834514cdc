// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One TLS connection that speaks as much HTTP/1.1 (RFC 9112) as the broker needs: a request with a
 * body of known length, an answer with a length or in chunks, again and again. For one request the
 * JDK's HttpClient loads 590 classes more and takes 0.25 s more of processor time (C1, serial
 * collector), which an emulated guest multiplies.
 */
final class HttpConnection implements AutoCloseable {
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_HEADERS = 100;
  private static final int LARGEST_BODY = 8 << 20;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private final String authority;
  private final Closeable transport;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param transport closed with the connection
   */
  HttpConnection(String authority, InputStream in, OutputStream out, Closeable transport) {
    this.authority = authority;
    this.in = in;
    this.out = out;
    this.transport = transport;
  }

  /** Connects and ends the handshake, so that nothing is sent to a server with another key. */
  static HttpConnection open(String host, int port, SSLContext tls) throws IOException {
    Socket tcp = new Socket();
    try {
      tcp.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      tcp.setSoTimeout(READ_MILLIS);
      tcp.setTcpNoDelay(true);
      SSLSocketFactory factory = tls.getSocketFactory();
      SSLSocket socket = (SSLSocket) factory.createSocket(tcp, host, port, true);
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      // One curve for all: the JDK would make a second key share on Curve25519, which costs.
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setNamedGroups(new String[] {"secp256r1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      return new HttpConnection(host + ":" + port, in, socket.getOutputStream(), socket);
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  HttpAnswer send(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUser-Agent: cofferdam-agent\r\nAccept: application/json\r\n"
            + headers
            + (method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n")
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    out.write(request.toByteArray());
    out.flush();
    return answer();
  }

  private HttpAnswer answer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ") || status.length() < 12) {
      throw new ProtocolException("the answer is not HTTP/1.1");
    }
    int code = number(status.substring(9, 12), 10);
    List<String> cookies = new ArrayList<>();
    long length = -1;
    boolean chunked = false;
    int count = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || ++count > MOST_HEADERS) {
        throw new ProtocolException("the answer's headers are malformed");
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> {
          if (length >= 0) {
            throw new ProtocolException("the answer's length is given twice");
          }
          length = number(value, 10);
        }
        case "transfer-encoding" -> {
          if (!value.equalsIgnoreCase("chunked")) {
            throw new ProtocolException("the answer's transfer encoding is not chunked");
          }
          chunked = true;
        }
        case "set-cookie" -> cookies.add(value);
        default -> {}
      }
    }
    if (chunked == length >= 0) {
      throw new ProtocolException("the answer's length is given in no way or in two");
    }
    return new HttpAnswer(code, cookies, chunked ? chunks() : body(length, new byte[0]));
  }

  private byte[] chunks() throws IOException {
    byte[] all = new byte[0];
    while (true) {
      String size = line();
      int semicolon = size.indexOf(';');
      int length = number((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
      if (length == 0) {
        break;
      }
      all = body(length, all);
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk is longer than it says");
      }
    }
    for (int i = 0; !line().isEmpty(); i++) {
      if (i > MOST_HEADERS) {
        throw new ProtocolException("the answer's trailers are malformed");
      }
    }
    return all;
  }

  private byte[] body(long length, byte[] before) throws IOException {
    if (before.length + length > LARGEST_BODY) {
      throw new ProtocolException("the answer is too large");
    }
    byte[] all = new byte[before.length + (int) length];
    System.arraycopy(before, 0, all, 0, before.length);
    if (in.readNBytes(all, before.length, (int) length) != length) {
      throw new EOFException("the answer ends early");
    }
    return all;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (line.size() >= LONGEST_LINE) {
        throw new ProtocolException("a line of the answer is too long");
      }
      line.write(c);
      c = in.read();
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new ProtocolException("a line of the answer does not end with CR LF");
    }
    return text.substring(0, text.length() - 1);
  }

  private static int number(String text, int radix) throws ProtocolException {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0 || value > LARGEST_BODY) {
        throw new ProtocolException("a number in the answer is malformed or too large");
      }
      value = value * radix + digit;
    }
    if (text.isEmpty()) {
      throw new ProtocolException("a number in the answer is missing");
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
