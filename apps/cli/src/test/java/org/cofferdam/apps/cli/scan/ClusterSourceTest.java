// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server in this process that answers, denies or hangs. */
class ClusterSourceTest {
  private static final String SPEC =
      "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"newField\":1}]}";

  @TempDir Path folder;
  private final Set<String> methods = new ConcurrentSkipListSet<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void ownedObjectsAndStateAreLeftOutAndUnknownFieldsStay() throws IOException {
    answer("/", 200, "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}");
    answer(
        "/api/v1/pods",
        200,
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":["
            + "{\"metadata\":{\"name\":\"own\",\"namespace\":\"a\",\"managedFields\":[{}]},"
            + SPEC
            + ",\"status\":{\"phase\":\"Running\"}},"
            + "{\"metadata\":{\"name\":\"owned\",\"ownerReferences\":[{\"kind\":\"ReplicaSet\"}]},"
            + SPEC
            + "}]}");
    Bundle bundle = read(5000);
    assertThat(bundle.problems()).isEmpty();
    assertThat(bundle.workloads()).extracting(Workload::id).containsExactly("a/own");
    Workload workload = bundle.workloads().getFirst();
    assertThat(workload.document().root().get("status")).isEmpty();
    assertThat(workload.pod().containers().getFirst().node().get("newField")).isPresent();
    assertThat(methods).containsExactly("GET");
  }

  @Test
  void pagesAreFollowed() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          boolean second =
              String.valueOf(exchange.getRequestURI().getQuery()).contains("continue=");
          boolean pods = exchange.getRequestURI().getPath().endsWith("/pods");
          String name = second ? "two" : "one";
          send(
              exchange,
              200,
              "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{"
                  + (pods && !second ? "\"continue\":\"x+/=\"" : "")
                  + "},\"items\":["
                  + (pods ? "{\"metadata\":{\"name\":\"" + name + "\"}," + SPEC + "}" : "")
                  + "]}");
        });
    assertThat(read(5000).workloads()).extracting(Workload::name).containsExactly("one", "two");
  }

  @Test
  void whatIsDeniedIsListedAndTheRestScanned() throws IOException {
    answer("/", 403, "{\"kind\":\"Status\",\"code\":403}");
    answer(
        "/api/v1/pods",
        200,
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"p\"},"
            + SPEC
            + "}]}");
    Bundle bundle = read(5000);
    assertThat(bundle.workloads()).hasSize(1);
    assertThat(messages(bundle))
        .contains("Listing deployments in all namespaces was denied.")
        .hasSize(17);
  }

  @Test
  void credentialsThatAreNotAcceptedEndTheScanAtOnce() throws IOException {
    answer("/", 401, "{\"kind\":\"Status\",\"code\":401}");
    assertThat(messages(read(5000)))
        .containsExactly("The cluster does not accept the credentials.");
  }

  @Test
  void aClusterThatHangsIsAskedOnce() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          methods.add(exchange.getRequestURI().getPath());
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(messages(read(300))).containsExactly("The cluster does not answer.");
    assertThat(methods).containsExactly("/api/v1/pods");
  }

  @Test
  void aClusterThatIsNotThereIsSaidSo() throws IOException {
    server.stop(0);
    assertThat(messages(read(2000))).containsExactly("The cluster does not answer.");
  }

  @Test
  void whatIsNoKubernetesIsSaidSo() throws IOException {
    answer("/", 200, "<html>");
    assertThat(messages(read(5000)).getFirst()).contains("is not what Kubernetes sends");
  }

  private Bundle read(int timeout) throws IOException {
    Path config = folder.resolve("config");
    Files.writeString(
        config,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        current-context: x
        """
            .formatted(server.getAddress().getPort()));
    return ClusterSource.read(config.toFile(), null, timeout);
  }

  private static List<String> messages(Bundle bundle) {
    return bundle.problems().stream().map(Problem::message).toList();
  }

  private void answer(String path, int status, String body) {
    server.createContext(path, exchange -> send(exchange, status, body));
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    methods.add(exchange.getRequestMethod());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
