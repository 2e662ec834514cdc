// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.pattern.Finding;
import org.jspecify.annotations.Nullable;

/** What a person does who follows the fix of a finding to the letter. */
final class NamedFixes {
  /** The fix is to take out what the finding points at. */
  private static final Set<String> TAKE_OUT =
      Set.of(
          "pod.shared-processes",
          "pod.host-aliases",
          "pod.sysctls",
          "pod.ephemeral-containers",
          "pod.resource-claims",
          "pod.huge-pages",
          "pod.withdrawn-runtime",
          "pod.privileged",
          "pod.proc-mount",
          "pod.host-port",
          "pod.block-device",
          "pod.mount-propagation",
          "pod.device",
          "pod.env-downward",
          "manifest.wrong-type",
          "manifest.duplicate-mount",
          "manifest.duplicate-volume");

  private final Edits edits;
  private final String base;
  private final String spec;

  /**
   * @param edits of the whole document
   * @param base pointer of the document itself, which is not empty inside a list
   * @param spec pointer of the pod's spec below it
   */
  NamedFixes(Edits edits, String base, String spec) {
    this.edits = edits;
    this.base = base;
    this.spec = spec;
  }

  /** Applies one fix; false where this class does not know how. */
  boolean apply(Finding finding) {
    String at = finding.place().pointer().substring(base.length());
    if (TAKE_OUT.contains(finding.id())) {
      edits.remove(at);
      return true;
    }
    switch (finding.id()) {
      case "pod.env-source" -> {
        edits.remove(at + "/valueFrom");
        edits.put(at, "value", "fixed");
      }
      case "pod.volume-content" -> emptyDir(at);
      case "pod.sub-path" -> {
        edits.remove(at + "/subPath");
        edits.remove(at + "/subPathExpr");
      }
      case "pod.sidecar" -> sidecar(at);
      case "pod.volume-claims" -> claims(at);
      case "pod.injected-sidecar" -> injection(at);
      case "manifest.no-such-volume" -> volume(at);
      case "manifest.selector" -> selector(at);
      case "manifest.probe-port" -> probe(at);
      case "manifest.no-image" -> edits.put(at, "image", "example/fixed:1");
      case "manifest.bad-image", "pod.image" -> replace(at, "example/fixed:1");
      case "manifest.removed-api" -> edits.put("", "apiVersion", word(finding.fix()));
      case "manifest.no-such-key" -> key(at, word(finding.fix()));
      case "manifest.quantity", "pod.quantity" -> replace(at, "64Mi");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void replace(String at, Object value) {
    int cut = at.lastIndexOf('/');
    edits.put(at.substring(0, cut), at.substring(cut + 1).replace("~1", "/"), value);
  }

  /** "scratch data into an emptyDir" */
  private void emptyDir(String mount) {
    String name = text(Edits.map(edits.at(mount)).get("name"));
    for (Object item : volumes()) {
      if (item instanceof Map<?, ?> && text(Edits.map(item).get("name")).equals(name)) {
        Map<String, Object> volume = Edits.map(item);
        volume.keySet().removeIf(k -> !k.equals("name"));
        volume.put("emptyDir", new LinkedHashMap<>());
      }
    }
    edits.remove(mount + "/subPath");
    edits.remove(mount + "/subPathExpr");
  }

  private List<Object> volumes() {
    Object volumes = edits.at(spec + "/volumes");
    return volumes == null ? new ArrayList<>() : Edits.list(volumes);
  }

  /** "Add it to 'volumes'" */
  private void volume(String mount) {
    String name = text(Edits.map(edits.at(mount)).get("name"));
    boolean there =
        volumes().stream()
            .anyMatch(v -> v instanceof Map<?, ?> && text(Edits.map(v).get("name")).equals(name));
    if (!there) {
      Map<String, Object> volume = new LinkedHashMap<>();
      volume.put("name", name);
      volume.put("emptyDir", new LinkedHashMap<>());
      edits.append(spec, "volumes", volume);
    }
  }

  /** "Move it to 'containers'" */
  private void sidecar(String at) {
    String container = at.substring(0, at.lastIndexOf('/'));
    Map<String, Object> moved = new LinkedHashMap<>(Edits.map(edits.at(container)));
    moved.remove("restartPolicy");
    edits.remove(container);
    edits.append(spec, "containers", moved);
  }

  /** "or use an emptyDir" */
  private void claims(String at) {
    for (Object claim : Edits.list(edits.at(at))) {
      if (claim instanceof Map<?, ?>
          && Edits.map(claim).get("metadata") instanceof Map<?, ?> metadata) {
        String name = text(metadata.get("name"));
        // A claim takes the place of a volume of its name.
        volumes().removeIf(v -> v instanceof Map<?, ?> m && text(m.get("name")).equals(name));
        Map<String, Object> volume = new LinkedHashMap<>();
        volume.put("name", name);
        volume.put("emptyDir", new LinkedHashMap<>());
        edits.append(spec, "volumes", volume);
      }
    }
    edits.remove(at);
  }

  /** "turn the injection off for this pod" */
  private void injection(String metadata) {
    for (String where : List.of("annotations", "labels")) {
      if (edits.at(metadata + "/" + where) instanceof Map<?, ?> map) {
        Edits.map(map)
            .keySet()
            .removeIf(
                k ->
                    Set.of(
                            "sidecar.istio.io/inject",
                            "linkerd.io/inject",
                            "vault.hashicorp.com/agent-inject",
                            "dapr.io/enabled")
                        .contains(k));
      }
    }
  }

  /** "Give template.metadata.labels the same value." */
  private void selector(String at) {
    String template = spec.substring(0, spec.length() - "/spec".length());
    Object value = edits.at(at);
    if (edits.at(template + "/metadata") == null) {
      edits.put(template, "metadata", new LinkedHashMap<>());
    }
    if (edits.at(template + "/metadata/labels") == null) {
      edits.put(template + "/metadata", "labels", new LinkedHashMap<>());
    }
    if (value != null) {
      edits.put(
          template + "/metadata/labels",
          at.substring(at.lastIndexOf('/') + 1).replace("~1", "/"),
          value);
    }
  }

  /** "Use one of its keys" */
  private void key(String variable, String key) {
    for (String ref : List.of("secretKeyRef", "configMapKeyRef")) {
      if (edits.at(variable + "/valueFrom/" + ref) != null) {
        edits.put(variable + "/valueFrom/" + ref, "key", key);
      }
    }
  }

  /** The value that a fix ends with, or the first of several. */
  private static String word(String fix) {
    String rest = fix.substring(fix.indexOf(": ") + 2);
    String first = rest.contains(",") ? rest.substring(0, rest.indexOf(',')) : rest;
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /** "or write its number" */
  private void probe(String at) {
    replace(at, new Json.Num("8080"));
  }

  private static String text(@Nullable Object value) {
    return value instanceof Json.Str s ? s.value() : String.valueOf(value);
  }
}
