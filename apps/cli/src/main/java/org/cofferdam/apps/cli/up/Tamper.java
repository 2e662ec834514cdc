// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.json.Json;

/**
 * What a hostile host may do to the files of a launch after their measurements were predicted and
 * before the guest starts. Each changes bytes of the launch folder and nothing else: neither the
 * server nor the guest is told.
 */
enum Tamper {
  /** One bit in the middle of the biggest layer. */
  image("one bit of the image is flipped") {
    @Override
    void apply(Path run) throws IOException {
      Path blobs = run.resolve("pod/images/blobs/sha256");
      Path biggest;
      try (Stream<Path> files = Files.list(blobs)) {
        biggest = files.max(Comparator.comparingLong(Tamper::size)).orElseThrow();
      }
      flip(biggest, size(biggest) / 2);
    }
  },

  /** One more argument for the first main container. */
  command("the command gets another argument") {
    @Override
    void apply(Path run) throws IOException {
      editRequest(run, "args", args -> append(args, "--debug"));
    }
  },

  /** One more environment variable for the first main container. */
  env("the environment gets another variable") {
    @Override
    void apply(Path run) throws IOException {
      editRequest(run, "env", env -> append(env, "LD_PRELOAD=/tmp/spy.so"));
    }
  },

  /** One letter of the kernel's version text: the kernel boots as before. */
  kernel("one byte of the kernel file is changed") {
    @Override
    void apply(Path run) throws IOException {
      Path kernel = run.resolve("guest/vmlinuz");
      byte[] bytes = Files.readAllBytes(kernel);
      // Linux x86 boot protocol, kernel_version: a pointer at 0x20e, counted from 0x200.
      int pointer = (bytes[0x20e] & 0xff) | (bytes[0x20f] & 0xff) << 8;
      flip(kernel, 0x200L + pointer);
    }
  },

  /** The measured policy says that logs may leave, whatever it said before. */
  policy("the policy lets logs out, or no longer does") {
    @Override
    void apply(Path run) throws IOException {
      Path initdata = run.resolve("pod/initdata.toml");
      String text = Files.readString(initdata);
      String changed =
          text.contains("logs = false")
              ? text.replace("logs = false", "logs = true")
              : text.replace("logs = true", "logs = false");
      Files.writeString(initdata, changed);
    }
  },

  /** Evidence of an earlier run in place of a guest; no file is changed. */
  replay("no guest is started; earlier evidence is sent again") {
    @Override
    void apply(Path run) {}
  };

  private final String what;

  Tamper(String what) {
    this.what = what;
  }

  /** What it does, as the end of a sentence. */
  String what() {
    return what;
  }

  abstract void apply(Path run) throws IOException;

  private static void editRequest(Path run, String member, UnaryOperator<Json> edit)
      throws IOException {
    Path request = run.resolve("pod/request.json");
    Json.Obj pod = Json.parse(Files.readAllBytes(request)).asObject("request");
    List<Json> containers = new ArrayList<>(pod.array("containers"));
    Json.Obj first = containers.getFirst().asObject("container");
    containers.set(0, with(first, member, edit.apply(first.require(member))));
    Files.write(
        request,
        with(pod, "containers", Json.array(containers)).write().getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj with(Json.Obj object, String member, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.put(member, value);
    return new Json.Obj(members);
  }

  private static Json append(Json list, String item) {
    List<Json> items = new ArrayList<>(list.asArray("list"));
    items.add(Json.of(item));
    return Json.array(items);
  }

  private static void flip(Path file, long offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) offset] ^= 1;
    Files.write(file, bytes);
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
