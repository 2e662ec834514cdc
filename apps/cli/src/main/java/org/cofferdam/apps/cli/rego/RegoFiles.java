// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Reads policies and documents. */
final class RegoFiles {
  private RegoFiles() {}

  static String text(String name) {
    try {
      byte[] bytes =
          name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, name + " cannot be read.", "Check the name and the permissions.", e);
    }
  }

  /** The files given, and those that end in .rego below the folders given. */
  static List<String> modules(List<String> names) {
    List<String> out = new ArrayList<>();
    for (String name : names) {
      if (name.equals("-") || !Files.isDirectory(Path.of(name))) {
        out.add(name);
        continue;
      }
      try (Stream<Path> files = Files.walk(Path.of(name))) {
        files
            .filter(p -> p.toString().endsWith(".rego"))
            .sorted()
            .forEach(p -> out.add(p.toString()));
      } catch (IOException e) {
        throw new CommandException(
            ExitCode.UNDECIDED,
            name + " cannot be read.",
            "Check the name and the permissions.",
            e);
      }
    }
    return out;
  }

  static RegoCompiler compiler(List<String> names, boolean v0) {
    RegoCompiler compiler = new RegoCompiler().v0(v0);
    for (String name : modules(names)) {
      compiler.add(name, text(name));
    }
    return compiler;
  }

  static Value json(String name) {
    try {
      return Json.parse(text(name));
    } catch (JsonException e) {
      throw new CommandException(
          ExitCode.REFUSED,
          name + " is no JSON: " + e.getMessage() + ".",
          "Give one JSON document.",
          e);
    }
  }

  /** One document out of several objects; what they have in common is merged. */
  static Value data(List<String> names) {
    RegoObject all = RegoObject.EMPTY;
    for (String name : names) {
      if (!(json(name) instanceof RegoObject o)) {
        throw new CommandException(
            ExitCode.REFUSED,
            name + " is no JSON object.",
            "Give an object: its keys appear below data.");
      }
      all = merge(all, o);
    }
    return all;
  }

  private static RegoObject merge(RegoObject a, RegoObject b) {
    Map<Value, Value> map = a.toMap();
    b.toMap()
        .forEach(
            (k, v) ->
                map.merge(
                    k,
                    v,
                    (x, y) ->
                        x instanceof RegoObject p && y instanceof RegoObject q ? merge(p, q) : y));
    return RegoObject.of(map);
  }

  /** An evaluation with the machine's clock and randomness. */
  static Evaluation evaluation() {
    return new Evaluation()
        .now(java.time.Instant.now())
        .nanos(System::nanoTime)
        .random(new java.security.SecureRandom());
  }

  static CommandException refused(RegoException e) {
    return new CommandException(
        ExitCode.REFUSED,
        String.valueOf(e.getMessage()),
        "Correct the policy, or the query, at that place.",
        e);
  }

  /** Prints the one document of a run. */
  static void print(Map<String, Value> members) {
    Map<Value, Value> map = new HashMap<>();
    members.forEach((k, v) -> map.put(RegoString.of(k), v));
    System.out.println(Json.write(RegoObject.of(map)));
  }
}
