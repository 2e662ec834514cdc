// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.workload.model.ConfigData;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.EnvFrom;
import org.cofferdam.workload.model.EnvVar;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.convert.Scope;

/**
 * The environment that kubelet and containerd give a container. A value that only the node knows is
 * a pattern. The value of a Secret is never in a policy: what the node has is its sealed form.
 */
final class AgentEnv {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String ADDRESS = "[0-9a-fA-F:.]{2,45}";
  private static final String SEALED =
      "sealed\\.[A-Za-z0-9_\\-]+\\.[A-Za-z0-9_\\-]+\\.[A-Za-z0-9_\\-]+";

  private final Scope scope;
  private final SealedSecrets sealed;
  private final Map<String, AgentText> image = new LinkedHashMap<>();
  private final Map<String, AgentText> own = new LinkedHashMap<>();
  private final List<String> chosenByNode = new ArrayList<>();

  AgentEnv(Scope scope, ContainerSpec container, ImageFacts facts, SealedSecrets sealed) {
    this.scope = scope;
    this.sealed = sealed;
    image.put("PATH", AgentText.exact(PATH));
    for (String item : facts.env()) {
      int equals = item.indexOf('=');
      if (equals > 0) {
        image.put(item.substring(0, equals), AgentText.exact(item.substring(equals + 1)));
      }
    }
    container.envFrom().forEach(this::addAll);
    container.env().forEach(this::add);
  }

  /** {@code NAME=VALUE} each. */
  List<AgentText> variables() {
    Map<String, AgentText> all = new LinkedHashMap<>(image);
    all.putAll(own);
    List<AgentText> texts = new ArrayList<>();
    all.forEach(
        (name, value) -> texts.add(AgentText.join(List.of(AgentText.exact(name + "="), value))));
    return texts;
  }

  List<String> names() {
    TreeSet<String> names = new TreeSet<>(image.keySet());
    names.addAll(own.keySet());
    return List.copyOf(names);
  }

  /** Variables whose value the node is free to choose. */
  List<String> chosenByNode() {
    return chosenByNode;
  }

  /**
   * References {@code $(NAME)} replaced by the container's own variables, {@code $$} by a dollar.
   */
  AgentText expand(String text) {
    List<AgentText> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.startsWith("$(", at) ? text.indexOf(')', at) : -1;
      AgentText known = end > 0 ? own.get(text.substring(at + 2, end)) : null;
      if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else if (known != null) {
        parts.add(AgentText.exact(literal.toString()));
        literal.setLength(0);
        parts.add(known);
        at = end + 1;
      } else if (end > 0) {
        literal.append(text, at, end + 1);
        at = end + 1;
      } else {
        literal.append(text.charAt(at));
        at++;
      }
    }
    parts.add(AgentText.exact(literal.toString()));
    return AgentText.join(parts);
  }

  private void add(EnvVar variable) {
    String name = variable.name();
    switch (variable.from()) {
      case EnvVar.Literal l -> own.put(name, expand(l.value()));
      case EnvVar.SecretKey s ->
          data(variable.node(), EnvFrom.Kind.SECRET, s.secret(), s.optional())
              .ifPresent(d -> key(variable.node(), d, s.key(), name, true, s.optional()));
      case EnvVar.ConfigMapKey c ->
          data(variable.node(), EnvFrom.Kind.CONFIG_MAP, c.configMap(), c.optional())
              .ifPresent(d -> key(variable.node(), d, c.key(), name, false, c.optional()));
      case EnvVar.FieldRef f -> own.put(name, field(name, f.path()));
      case EnvVar.Other o when o.kind().equals("resourceFieldRef") ->
          own.put(name, free(name, "[0-9]+"));
      case EnvVar.Other o ->
          scope
              .notes()
              .error(
                  "env-source",
                  variable.node(),
                  "The value of " + name + " comes from " + o.kind() + ", which is not supported.",
                  "Write the value into the manifest, where it is measured.");
    }
  }

  private void addAll(EnvFrom from) {
    boolean secret = from.kind() == EnvFrom.Kind.SECRET;
    Optional<ConfigData> data = data(from.node(), from.kind(), from.name(), from.optional());
    if (data.isEmpty()) {
      return;
    }
    for (String key : new TreeSet<>(data.get().values().keySet())) {
      String name = from.prefix() + key;
      if (name.matches("[-._a-zA-Z][-._a-zA-Z0-9]*")) {
        key(from.node(), data.get(), key, name, secret, false);
      }
    }
  }

  private Optional<ConfigData> data(Node at, EnvFrom.Kind kind, String name, boolean optional) {
    boolean secret = kind == EnvFrom.Kind.SECRET;
    String namespace = scope.workload().namespace();
    Optional<ConfigData> data =
        secret ? scope.bundle().secret(namespace, name) : scope.bundle().configMap(namespace, name);
    if (data.isEmpty() && !optional) {
      missing(at, (secret ? "Secret " : "ConfigMap ") + name);
    }
    return data;
  }

  private void key(
      Node at, ConfigData data, String key, String name, boolean secret, boolean optional) {
    SecretBytes value = data.values().get(key);
    if (value == null) {
      if (!optional) {
        missing(at, (secret ? "Secret " : "ConfigMap ") + data.name() + " with the key " + key);
      }
    } else if (secret) {
      own.put(
          name,
          sealed
              .text(scope.resource(data.name(), key))
              .map(t -> AgentText.like(AgentText.quote(t) + "[A-Za-z0-9_\\-]+"))
              .orElseGet(() -> AgentText.like(SEALED)));
    } else {
      own.put(name, AgentText.exact(text(at, value)));
    }
  }

  private AgentText field(String name, String path) {
    return switch (path) {
      case "metadata.name" -> AgentText.like("$(sandbox-name)");
      case "metadata.namespace" ->
          scope
              .workload()
              .document()
              .root()
              .mapping("metadata")
              .flatMap(m -> m.text("namespace"))
              .map(AgentText::exact)
              .orElseGet(() -> AgentText.like("$(sandbox-namespace)"));
      case "spec.serviceAccountName" ->
          AgentText.exact(
              scope.workload().pod().spec().text("serviceAccountName").orElse("default"));
      case "status.podIP", "status.hostIP" -> free(name, ADDRESS);
      case "status.podIPs", "status.hostIPs" -> free(name, ADDRESS + "(," + ADDRESS + ")?");
      case "spec.nodeName" -> free(name, "[a-z0-9]([a-z0-9.\\-]{0,251}[a-z0-9])?");
      case "metadata.uid" -> free(name, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      default -> mapped(path).map(AgentText::exact).orElseGet(() -> free(name, ".*"));
    };
  }

  private AgentText free(String name, String pattern) {
    chosenByNode.add(name);
    return AgentText.like(pattern);
  }

  /** {@code metadata.labels['x']} and the same of annotations. */
  private Optional<String> mapped(String path) {
    int open = path.indexOf("['");
    if (open < 0 || !path.endsWith("']")) {
      return Optional.empty();
    }
    String key = path.substring(open + 2, path.length() - 2);
    return switch (path.substring(0, open)) {
      case "metadata.labels" -> Optional.ofNullable(scope.workload().pod().labels().get(key));
      case "metadata.annotations" ->
          Optional.ofNullable(scope.workload().pod().annotations().get(key));
      default -> Optional.empty();
    };
  }

  private String text(Node at, SecretBytes value) {
    return value.lend(
        bytes -> {
          try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
          } catch (CharacterCodingException e) {
            scope
                .notes()
                .error(
                    "env-binary",
                    at,
                    "The value is no UTF-8 text and cannot be an environment variable.",
                    "Mount it as a file.");
            return "";
          }
        });
  }

  private void missing(Node at, String what) {
    scope
        .notes()
        .error(
            "reference-missing",
            at,
            "The " + what + " is needed and was not given.",
            "Give its manifest beside the workload, or with --config-file.");
  }
}
