// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a podman quadlet ({@code NAME.container}, podman-systemd.unit(5)): the section {@code
 * [Container]} of a unit file becomes the pod that would do the same.
 */
final class QuadletReader {
  static final String KIND = "QuadletContainer";

  private final Node.Mapping whole;
  private final Made container;
  private final Made spec;
  private final Made security;
  private final Volumes volumes = new Volumes();
  private final List<Node> env = new ArrayList<>();
  private final List<Node> envFrom = new ArrayList<>();
  private final List<Node> ports = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private boolean secured;

  private QuadletReader(Node.Mapping whole) {
    this.whole = whole;
    this.container = Made.object(whole);
    this.spec = Made.object(whole);
    this.security = Made.object(whole);
  }

  static boolean recognises(Source source) {
    return source.name().endsWith(".container");
  }

  static Workload read(Source source) {
    Place start = new Place(source.name(), 1, "");
    Node.Mapping whole = new Node.Mapping(start, new Span(0, source.text().length()), Map.of());
    QuadletReader reader = new QuadletReader(whole);
    String file = source.name().substring(source.name().lastIndexOf('/') + 1);
    String name = file.substring(0, file.length() - ".container".length()).replace('@', '-');
    reader.container.put("name", name);
    String section = "";
    int line = 0;
    for (String raw : source.text().lines().toList()) {
      line++;
      String text = raw.strip();
      if (text.startsWith("[")) {
        section = text;
      } else if (section.equals("[Container]") && text.contains("=") && !text.startsWith("#")) {
        String key = text.substring(0, text.indexOf('=')).strip();
        String value = text.substring(text.indexOf('=') + 1).strip();
        Node at =
            new Node.Scalar(
                new Place(source.name(), line, "/Container/" + key), new Span(0, 0), value, false);
        reader.key(key, value, at);
      }
    }
    return reader.finish(source, name);
  }

  private void key(String key, String value, Node at) {
    switch (key) {
      case "Image" -> container.put("image", at);
      case "Exec" -> container.put("args", Made.texts(at, CommandLineText.split(value)));
      case "Entrypoint" -> container.put("command", Made.texts(at, List.of(value)));
      case "Environment" -> {
        for (String pair : CommandLineText.split(value)) {
          String[] parts = pair.split("=", 2);
          env.add(
              Made.object(at)
                  .put("name", parts[0])
                  .put("value", parts.length > 1 ? parts[1] : "")
                  .build());
        }
      }
      case "EnvironmentFile" ->
          envFrom.add(
              Made.object(at).put("configMapRef", Made.object(at).put("name", value)).build());
      case "Volume", "Mount" -> volumes.add(at, value);
      case "Tmpfs" -> volumes.memory(at, value.split(":", 2)[0]);
      case "AddDevice" -> volumes.add(at, value.split(":", 2)[0], value.split(":", 2)[0], false);
      case "Secret" ->
          volumes.add(
              at,
              "secret",
              Made.object(at).put("secretName", value.split(",", 2)[0]),
              "/run/secrets/" + value.split(",", 2)[0],
              true);
      case "PublishPort" -> {
        String port = value.substring(value.lastIndexOf(':') + 1).split("/", 2)[0];
        if (port.matches("[1-9][0-9]{0,3}")) {
          ports.add(Made.object(at).put("containerPort", Made.plain(at, port)).build());
        }
      }
      case "Network" -> {
        if (value.equals("host")) {
          spec.put("hostNetwork", Made.plain(at, "true"));
        }
      }
      case "AddCapability" -> added.addAll(CommandLineText.split(value));
      case "ReadOnly" -> secure("readOnlyRootFilesystem", Made.plain(at, value));
      case "User" -> {
        if (value.matches("[0-9]{1,9}")) {
          secure("runAsUser", Made.plain(at, value));
        }
      }
      case "WorkingDir" -> container.put("workingDir", at);
      case "HostName" -> spec.put("hostname", at);
      case "HealthCmd" ->
          container.put(
              "livenessProbe",
              Made.object(at)
                  .put(
                      "exec",
                      Made.object(at)
                          .put("command", Made.texts(at, CommandLineText.split(value)))));
      case "PodmanArgs" -> {
        if (value.contains("--privileged")) {
          secure("privileged", Made.plain(at, "true"));
        }
        if (value.contains("--pid=host")) {
          spec.put("hostPID", Made.plain(at, "true"));
        }
      }
      default -> {}
    }
  }

  private void secure(String field, Node value) {
    security.put(field, value);
    secured = true;
  }

  private Workload finish(Source source, String name) {
    if (!added.isEmpty()) {
      security.put("capabilities", Made.object(whole).put("add", Made.texts(whole, added)));
      secured = true;
    }
    if (secured) {
      container.put("securityContext", security);
    }
    if (!env.isEmpty()) {
      container.put("env", Made.list(whole, env));
    }
    if (!envFrom.isEmpty()) {
      container.put("envFrom", Made.list(whole, envFrom));
    }
    if (!ports.isEmpty()) {
      container.put("ports", Made.list(whole, ports));
    }
    volumes.into(whole, container, spec);
    spec.put("containers", Made.list(whole, List.of(container.build())));
    return Made.workload(source, 0, KIND, name, spec, whole);
  }
}
