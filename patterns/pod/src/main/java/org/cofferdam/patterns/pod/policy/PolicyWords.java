// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.bytes.json.Json;

/** A policy of ours in words, and the difference of two. */
public final class PolicyWords {
  private PolicyWords() {}

  /** What the policy lets happen, a sentence each. */
  public static List<String> explain(Json.Obj facts) {
    List<String> words = new ArrayList<>();
    words.add(
        "It is for "
            + facts.string("workload")
            + ", in the mode "
            + facts.string("mode")
            + (lenient(facts) ? ", as lenient as Kata's own rules." : "."));
    words.add("The pod is called " + text(facts.require("sandbox_name")) + ".");
    for (Json item : facts.array("containers")) {
      container(words, item.asObject("container"));
    }
    words.add(
        "Files may be copied into the guest below "
            + facts.object("copy").string("names")
            + " of a container's shared folder; what is in them is not judged.");
    List<String> allowed = texts(facts, "allow");
    words.add(
        allowed.isEmpty()
            ? "Output, standard input and messages of ended containers stay in the guest."
            : "Allowed besides: " + String.join(", ", allowed) + ".");
    if (!facts.object("exec").array("commands").isEmpty()
        || !facts.object("exec").array("patterns").isEmpty()) {
      words.add(
          "These commands run in every container: "
              + facts.object("exec").require("commands").write()
              + ", and what matches "
              + facts.object("exec").require("patterns").write()
              + ".");
    }
    words.add("The policy itself cannot be replaced.");
    return words;
  }

  private static void container(List<String> words, Json.Obj c) {
    String name =
        c.string("kind").equals("sandbox")
            ? "The sandbox"
            : "The " + c.string("kind") + " container " + c.string("name");
    StringBuilder line = new StringBuilder(name);
    if (!c.array("images").isEmpty()) {
      line.append(" runs the image ").append(text(c.array("images").getFirst())).append(',');
    }
    line.append(" starts ").append(list(c.array("args"))).append(" in ").append(c.string("cwd"));
    line.append(" as ").append(c.integer("uid")).append(':').append(c.integer("gid"));
    line.append(" with the groups ").append(c.require("groups").write());
    line.append(c.require("readonly").asBoolean("readonly") ? ", on a read-only root" : "");
    line.append(
        c.require("no_new_privileges").asBoolean("x") ? " and without new privileges." : ".");
    words.add(line.toString());
    if (!c.array("env").isEmpty()) {
      words.add(
          name
              + " has exactly the variables "
              + list(c.array("env"))
              + " and what the kubelet adds.");
    }
    if (!c.array("exec").isEmpty()) {
      words.add(name + " may be sent the commands " + c.require("exec").write() + ".");
    }
    if (!c.array("after").isEmpty() && !c.string("kind").equals("sandbox")) {
      words.add(name + " starts after " + String.join(", ", texts(c, "after")) + ".");
    }
    List<String> mounts = new ArrayList<>();
    for (Json item : c.array("mounts")) {
      Json.Obj mount = item.asObject("mount");
      if (mount.get("volume").isPresent()) {
        mounts.add(mount.string("volume") + " at " + mount.string("destination"));
      }
    }
    if (!mounts.isEmpty()) {
      words.add(name + " has the volumes " + String.join(", ", mounts) + ".");
    }
  }

  /** Facts that are not the same, by their place: {@code place: before -> after}. */
  public static List<String> diff(Json.Obj before, Json.Obj after) {
    Map<String, String> one = new TreeMap<>();
    Map<String, String> two = new TreeMap<>();
    flatten("", before, one);
    flatten("", after, two);
    List<String> lines = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(one);
    all.putAll(two);
    for (String place : all.keySet()) {
      String was = one.getOrDefault(place, "nothing");
      String is = two.getOrDefault(place, "nothing");
      if (!was.equals(is)) {
        lines.add(place + ": " + was + " -> " + is);
      }
    }
    return lines;
  }

  /** Containers and mounts go by their names, so that a new one does not move all others. */
  private static void flatten(String at, Json value, Map<String, String> out) {
    switch (value) {
      case Json.Obj o ->
          o.members().forEach((name, member) -> flatten(at + "/" + name, member, out));
      case Json.Arr a when a.items().stream().allMatch(i -> !(i instanceof Json.Obj)) ->
          out.put(at, a.write());
      case Json.Arr a -> {
        int index = 0;
        for (Json item : a.items()) {
          flatten(at + "/" + name(item, index++), item, out);
        }
      }
      default -> out.put(at, value.write());
    }
  }

  private static String name(Json item, int index) {
    if (item instanceof Json.Obj o) {
      for (String key : List.of("name", "destination", "re")) {
        if (o.get(key).isPresent()) {
          return o.string(key);
        }
      }
    }
    return Integer.toString(index);
  }

  private static boolean lenient(Json.Obj facts) {
    return facts.require("lenient").asBoolean("lenient");
  }

  private static List<String> texts(Json.Obj owner, String name) {
    return owner.array(name).stream().map(t -> t.asString(name)).toList();
  }

  private static String list(List<Json> texts) {
    return "[" + String.join(", ", texts.stream().map(PolicyWords::text).toList()) + "]";
  }

  private static String text(Json text) {
    return text instanceof Json.Str s
        ? s.value()
        : "anything like " + text.asObject("text").string("re");
  }
}
