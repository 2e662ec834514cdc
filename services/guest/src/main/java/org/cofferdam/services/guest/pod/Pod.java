// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What a pod is made of, read from version 1 of its JSON form. Names are Kubernetes labels, so that
 * they can stand in paths.
 *
 * @param initContainers run to completion, one after the other
 * @param containers run at the same time after those
 */
public record Pod(
    String namespace,
    String name,
    String hostname,
    List<Volume> volumes,
    List<Container> initContainers,
    List<Container> containers) {

  public Pod {
    volumes = List.copyOf(volumes);
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
  }

  /**
   * An emptyDir.
   *
   * @param sizeBytes -1 for no limit of its own
   */
  public record Volume(String name, long sizeBytes) {}

  /** Init containers first, in order. */
  public List<Container> all() {
    List<Container> all = new ArrayList<>(initContainers);
    all.addAll(containers);
    return all;
  }

  /**
   * @throws MalformedEvidenceException on anything that is not a pod of version 1
   */
  public static Pod parse(Json.Obj json) {
    json.only(
        "version", "namespace", "name", "hostname", "volumes", "initContainers", "containers");
    if (json.integer("version") != 1) {
      throw malformed("version", "is not 1");
    }
    List<Volume> volumes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Json item : json.array("volumes")) {
      Json.Obj volume = item.asObject("volumes");
      volume.only("name", "kind", "sizeBytes");
      if (!volume.string("kind").equals("emptyDir")) {
        throw malformed("volumes.kind", "is not emptyDir");
      }
      String name = unique(names, label(volume.string("name"), "volumes.name"));
      volumes.add(new Volume(name, Container.limit(volume, "sizeBytes")));
    }
    Set<String> containerNames = new HashSet<>();
    Pod pod =
        new Pod(
            label(json.string("namespace"), "namespace"),
            label(json.string("name"), "name"),
            label(json.string("hostname"), "hostname"),
            volumes,
            containers(json, "initContainers", names, containerNames),
            containers(json, "containers", names, containerNames));
    if (pod.containers().isEmpty()) {
      throw malformed("containers", "is empty");
    }
    return pod;
  }

  private static List<Container> containers(
      Json.Obj json, String field, Set<String> volumes, Set<String> names) {
    List<Container> containers = new ArrayList<>();
    for (Json item : json.array(field)) {
      Container container = Container.parse(item.asObject(field));
      unique(names, container.name());
      for (Container.Mount mount : container.mounts()) {
        if (!volumes.contains(mount.volume())) {
          throw malformed("mounts.volume", mount.volume() + " is no volume of the pod");
        }
      }
      containers.add(container);
    }
    return containers;
  }

  private static String unique(Set<String> names, String name) {
    if (!names.add(name)) {
      throw malformed("name", name + " is there twice");
    }
    return name;
  }

  /**
   * RFC 1123 label or subdomain: lower-case letters, digits, '-' and '.', letter or digit at the
   * ends.
   */
  static String label(String value, String field) {
    boolean good = !value.isEmpty() && value.length() <= 253;
    for (int i = 0; good && i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean inner = i > 0 && i < value.length() - 1 && value.charAt(i - 1) != '.';
      good = plain || (inner && (c == '-' || c == '.'));
    }
    if (!good) {
      throw malformed(field, "is not a Kubernetes name");
    }
    return value;
  }

  static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("pod", field, -1, problem);
  }
}
