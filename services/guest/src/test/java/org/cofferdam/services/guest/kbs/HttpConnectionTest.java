// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
  @Test
  void sendsARequestAndReadsTwoAnswersOnOneConnection() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    HttpConnection connection =
        connection(
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nSet-Cookie: a=b; Path=/\r\n\r\nhi"
                + "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
            sent);
    HttpAnswer first = connection.send("POST", "/p", "Cookie: c\r\n", new byte[] {'x'});
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.cookies()).containsExactly("a=b; Path=/");
    assertThat(first.body()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
    HttpAnswer second = connection.send("GET", "/q", "", new byte[0]);
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.body()).asString(StandardCharsets.UTF_8).isEqualTo("abc0123456789");
    assertThat(sent.toString(StandardCharsets.UTF_8))
        .startsWith("POST /p HTTP/1.1\r\nHost: broker:1\r\n")
        .contains("\r\nCookie: c\r\nContent-Length: 1\r\n\r\nxGET /q HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n"
      })
  void malformedAnswersAreRefused(String answer) {
    assertThatThrownBy(
            () -> connection(answer, new ByteArrayOutputStream()).send("GET", "/", "", new byte[0]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void endlessLinesAndHeadersAreRefused() {
    String line = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000) + "\r\n";
    String headers = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(200) + "Content-Length: 0\r\n\r\n";
    for (String answer : new String[] {line, headers}) {
      malformedAnswersAreRefused(answer);
    }
  }

  private static HttpConnection connection(String answers, ByteArrayOutputStream sent) {
    return new HttpConnection(
        "broker:1",
        new ByteArrayInputStream(answers.getBytes(StandardCharsets.ISO_8859_1)),
        sent,
        () -> {});
  }
}
