// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.cofferdam.apps.server.config.ListenAddress;

/** The web server under the routes: one listener, with or without TLS. */
public final class WebFront implements AutoCloseable {
  /** A client that sends nothing for so long is let go. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

  private static final int CONNECTIONS = 2000;
  private static final String BEARER = "Bearer ";

  private final WebServer server;

  private WebFront(WebServer server) {
    this.server = server;
  }

  public static WebFront start(
      ListenAddress listen,
      Optional<SSLContext> tls,
      long maxBody,
      Function<Call, Answer> handler) {
    var config =
        WebServer.builder()
            .address(listen.address())
            .port(listen.port())
            .shutdownHook(false)
            .maxPayloadSize(maxBody)
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .connectionOptions(options -> options.readTimeout(READ_TIMEOUT))
            .routing(
                HttpRouting.builder()
                    .any((request, response) -> handle(handler, request, response)));
    tls.ifPresent(
        context ->
            config.tls(
                Tls.builder().sslContext(context).enabledProtocols(List.of("TLSv1.3")).build()));
    return new WebFront(config.build().start());
  }

  /** The port that was taken. */
  public int port() {
    return server.port();
  }

  /** Takes no more calls and ends those under way. */
  @Override
  public void close() {
    server.stop();
  }

  private static void handle(
      Function<Call, Answer> handler, ServerRequest request, ServerResponse response) {
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    ServerRequestHeaders headers = request.headers();
    Answer answer =
        handler.apply(
            new Call(
                request.prologue().method().text(),
                request.path().rawPath(),
                request.query().rawValue(),
                headers.cookies().first(SessionCookie.NAME).asOptional(),
                headers
                    .first(HeaderNames.AUTHORIZATION)
                    .filter(value -> value.startsWith(BEARER))
                    .map(value -> value.substring(BEARER.length())),
                body));
    response.status(answer.status());
    answer.headers().forEach(response::header);
    response.send(answer.body());
  }
}
