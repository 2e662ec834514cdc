// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the pod that a document of another form means. Every made value keeps the place of the
 * text that it came from, so that findings point there.
 */
final class Made {
  private final Node at;
  private final Map<String, Node.Member> members = new LinkedHashMap<>();

  private Made(Node at) {
    this.at = at;
  }

  static Made object(Node at) {
    return new Made(at);
  }

  static Node text(Node at, String value) {
    return new Node.Scalar(at.place(), at.span(), value, false);
  }

  /** A number or a boolean. */
  static Node plain(Node at, String value) {
    return new Node.Scalar(at.place(), at.span(), value, true);
  }

  static Node list(Node at, List<? extends Node> items) {
    return new Node.Sequence(at.place(), at.span(), List.copyOf(items));
  }

  static Node texts(Node at, List<String> values) {
    List<Node> items = new ArrayList<>();
    values.forEach(v -> items.add(text(at, v)));
    return list(at, items);
  }

  Made put(String name, Node value) {
    members.put(name, new Node.Member(value.span(), value));
    return this;
  }

  Made put(String name, String value) {
    return put(name, text(at, value));
  }

  Made put(String name, Made value) {
    return put(name, value.build());
  }

  Node.Mapping build() {
    return new Node.Mapping(at.place(), at.span(), members);
  }

  /** A workload of another form, as the pod that it means. */
  static Workload workload(
      Source source, int index, String kind, String name, Made spec, Node.Mapping at) {
    // Nothing outside Kubernetes adds these, and silence would mean that it does.
    spec.put("automountServiceAccountToken", plain(at, "false"));
    spec.put("enableServiceLinks", plain(at, "false"));
    Node.Mapping pod =
        object(at)
            .put("apiVersion", "v1")
            .put("kind", "Pod")
            .put("metadata", object(at).put("name", name))
            .put("spec", spec)
            .build();
    Workload read = PodReader.workload(new Document(source, index, pod));
    return new Workload(read.document(), kind, read.namespace(), name, read.pod());
  }
}
