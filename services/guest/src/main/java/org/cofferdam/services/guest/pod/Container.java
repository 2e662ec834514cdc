// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.cofferdam.services.guest.pod.Pod.malformed;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * One container as it is to be started.
 *
 * @param image hex SHA-256 of the image's manifest
 * @param args the whole argument vector
 * @param env {@code NAME=VALUE}, secrets left out
 * @param json what all this was read from, which is what is measured
 */
public record Container(
    String name,
    String image,
    List<String> args,
    List<String> env,
    String cwd,
    User user,
    boolean readOnlyRoot,
    List<String> capabilities,
    boolean noNewPrivileges,
    List<Mount> mounts,
    Resources resources,
    List<SecretUse> secrets,
    List<Integer> ports,
    Json.Obj json) {

  public Container {
    args = List.copyOf(args);
    env = List.copyOf(env);
    capabilities = List.copyOf(capabilities);
    mounts = List.copyOf(mounts);
    secrets = List.copyOf(secrets);
    ports = List.copyOf(ports);
  }

  /** Numeric identity of the first process. */
  public record User(int uid, int gid, List<Integer> groups) {
    public User {
      groups = List.copyOf(groups);
    }
  }

  /** A volume of the pod at an absolute path. */
  public record Mount(String volume, String path, boolean readOnly) {}

  /** Limits; -1 for none. */
  public record Resources(long cpuMillis, long memoryBytes) {}

  static Container parse(Json.Obj json) {
    json.only(
        "name",
        "image",
        "args",
        "env",
        "cwd",
        "uid",
        "gid",
        "groups",
        "readOnlyRootfs",
        "capabilities",
        "noNewPrivileges",
        "mounts",
        "resources",
        "secrets",
        "ports");
    List<String> args = strings(json, "args");
    if (args.isEmpty()) {
      throw malformed("args", "is empty");
    }
    List<String> env = strings(json, "env");
    for (String item : env) {
      if (item.indexOf('=') < 1) {
        throw malformed("env", "holds something that is not NAME=VALUE");
      }
    }
    List<Integer> groups = new ArrayList<>();
    for (Json group : json.array("groups")) {
      groups.add(number(group.asLong("groups"), "groups"));
    }
    return new Container(
        Pod.label(json.string("name"), "containers.name"),
        image(json.string("image")),
        args,
        env,
        path(json.string("cwd"), "cwd"),
        new User(number(json.integer("uid"), "uid"), number(json.integer("gid"), "gid"), groups),
        json.require("readOnlyRootfs").asBoolean("readOnlyRootfs"),
        capabilities(json),
        json.require("noNewPrivileges").asBoolean("noNewPrivileges"),
        mounts(json),
        resources(json.object("resources")),
        secrets(json),
        ports(json),
        json);
  }

  private static List<Mount> mounts(Json.Obj json) {
    List<Mount> mounts = new ArrayList<>();
    for (Json item : json.array("mounts")) {
      Json.Obj mount = item.asObject("mounts");
      mount.only("volume", "path", "readOnly");
      mounts.add(
          new Mount(
              mount.string("volume"),
              path(mount.string("path"), "mounts.path"),
              mount.require("readOnly").asBoolean("readOnly")));
    }
    return mounts;
  }

  private static Resources resources(Json.Obj json) {
    json.only("cpuMillis", "memoryBytes");
    return new Resources(limit(json, "cpuMillis"), limit(json, "memoryBytes"));
  }

  private static List<SecretUse> secrets(Json.Obj json) {
    List<SecretUse> secrets = new ArrayList<>();
    for (Json item : json.array("secrets")) {
      secrets.add(SecretUse.parse(item.asObject("secrets")));
    }
    return secrets;
  }

  private static List<Integer> ports(Json.Obj json) {
    List<Integer> ports = new ArrayList<>();
    for (Json item : json.array("ports")) {
      long port = item.asLong("ports");
      if (port < 1 || port > 65535) {
        throw malformed("ports", "is not a port number");
      }
      ports.add((int) port);
    }
    return ports;
  }

  private static List<String> capabilities(Json.Obj json) {
    List<String> capabilities = strings(json, "capabilities");
    for (String capability : capabilities) {
      if (!capability.startsWith("CAP_")) {
        throw malformed("capabilities", capability + " does not begin with CAP_");
      }
    }
    return capabilities;
  }

  private static String image(String value) {
    if (value.length() != 71 || !value.startsWith("sha256:")) {
      throw malformed("image", "is not sha256: and 64 digits");
    }
    String hex = value.substring(7);
    for (int i = 0; i < hex.length(); i++) {
      if ("0123456789abcdef".indexOf(hex.charAt(i)) < 0) {
        throw malformed("image", "is not lower-case hexadecimal");
      }
    }
    return hex;
  }

  /** An absolute path without {@code .} and {@code ..}. */
  static String path(String value, String field) {
    if (!value.startsWith("/") || value.indexOf('\0') >= 0) {
      throw malformed(field, "is not an absolute path");
    }
    for (String part : value.split("/", -1)) {
      if (part.equals("..") || part.equals(".")) {
        throw malformed(field, "has a . or .. in it");
      }
    }
    return value;
  }

  /** A positive number, or null for none, which is -1 here. */
  static long limit(Json.Obj json, String field) {
    Json value = json.require(field);
    if (value == Json.Null.NULL) {
      return -1;
    }
    long number = value.asLong(field);
    if (number <= 0) {
      throw malformed(field, "is not positive");
    }
    return number;
  }

  private static int number(long value, String field) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed(field, "is not a number of 31 bits");
    }
    return (int) value;
  }

  private static List<String> strings(Json.Obj json, String field) {
    List<String> values = new ArrayList<>();
    for (Json item : json.array(field)) {
      String value = item.asString(field);
      if (value.indexOf('\0') >= 0) {
        throw malformed(field, "holds a NUL");
      }
      values.add(value);
    }
    return values;
  }
}
