// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What the configuration file says. It is JSON; a member that is not known is refused, so that a
 * typing error cannot pass for a setting. Files are relative to the configuration file's folder.
 *
 * @param data folder of the store, the log and the keys
 * @param listen TLS
 * @param listenPlain without TLS, on a loopback address only
 * @param names DNS names in the server's certificate
 * @param adminKeys PEM files of Ed25519 public keys; without one nobody can administer
 * @param development true to accept development TEEs
 * @param developmentAnchors what vouches for them
 * @param trustAnchors files with keys that are trusted beside the vendors' that ship with the
 *     product, for example of a platform whose maker publishes no root
 * @param collateral folder of what vendors publish about their TEEs: TCB info, certificates,
 *     revocation lists
 * @param postgres the store; without it SQLite in {@code data}
 * @param tenants besides the one that is always there
 * @param witnesses cosign the checkpoints of the log
 * @param logOrigin name of the log in its checkpoints
 * @param sessionLife how long a guest may take between challenge and evidence
 * @param tokenLife how long a guest that passed may ask for resources
 * @param maxBodyBytes longest request body
 */
public record ServerConfig(
    Path data,
    ListenAddress listen,
    Optional<ListenAddress> listenPlain,
    List<String> names,
    List<Path> adminKeys,
    boolean development,
    List<DevelopmentAnchor> developmentAnchors,
    List<Path> trustAnchors,
    Optional<Path> collateral,
    Optional<PostgresConfig> postgres,
    List<Tenant> tenants,
    List<WitnessConfig> witnesses,
    String logOrigin,
    Duration sessionLife,
    Duration tokenLife,
    long maxBodyBytes) {
  private static final long MINUTES_5 = 300;
  private static final long MAX_LIFE = 3600;
  private static final long MIB_2 = 2L << 20;
  private static final long MAX_BODY = 64L << 20;

  public ServerConfig {
    names = List.copyOf(names);
    adminKeys = List.copyOf(adminKeys);
    developmentAnchors = List.copyOf(developmentAnchors);
    trustAnchors = List.copyOf(trustAnchors);
    tenants = List.copyOf(tenants);
    witnesses = List.copyOf(witnesses);
    if (tenants.stream().map(Tenant::name).distinct().count() != tenants.size()) {
      throw wrong("tenants", "has a name twice");
    }
    if (!development && !developmentAnchors.isEmpty()) {
      throw wrong("developmentAnchors", "needs \"development\": true");
    }
    if (listenPlain.isPresent() && !listenPlain.get().address().isLoopbackAddress()) {
      throw wrong("listenPlain", "is not a loopback address: secrets go over TLS");
    }
  }

  /**
   * @param base folder that files are relative to
   * @param data where the file names no folder
   * @throws MalformedEvidenceException where a member is unknown, of a wrong type or out of range
   */
  public static ServerConfig fromJson(Json json, Path base, Path data) {
    Json.Obj o = json.asObject("configuration");
    o.only(
        "data",
        "listen",
        "listenPlain",
        "names",
        "adminKeys",
        "development",
        "developmentAnchors",
        "trustAnchors",
        "collateral",
        "postgres",
        "tenants",
        "witnesses",
        "logOrigin",
        "sessionSeconds",
        "tokenSeconds",
        "maxBodyBytes");
    return new ServerConfig(
        o.get("data").map(d -> base.resolve(d.asString("data"))).orElse(data),
        ListenAddress.parse(
            "listen", o.get("listen").map(l -> l.asString("listen")).orElse("127.0.0.1:8443")),
        o.get("listenPlain")
            .map(l -> ListenAddress.parse("listenPlain", l.asString("listenPlain"))),
        strings(o, "names"),
        strings(o, "adminKeys").stream().map(base::resolve).toList(),
        o.get("development").map(d -> d.asBoolean("development")).orElse(false),
        anchors(o, base),
        strings(o, "trustAnchors").stream().map(base::resolve).toList(),
        o.get("collateral").map(c -> base.resolve(c.asString("collateral"))),
        o.get("postgres").map(p -> PostgresConfig.fromJson(p, base)),
        list(o, "tenants").stream().map(t -> Tenant.fromJson(t, base)).toList(),
        list(o, "witnesses").stream().map(WitnessConfig::fromJson).toList(),
        o.get("logOrigin").map(l -> l.asString("logOrigin")).orElse("cofferdam.local/log"),
        seconds(o, "sessionSeconds"),
        seconds(o, "tokenSeconds"),
        number(o, "maxBodyBytes", MIB_2, MAX_BODY));
  }

  private static List<DevelopmentAnchor> anchors(Json.Obj o, Path base) {
    List<DevelopmentAnchor> anchors = new ArrayList<>();
    for (Json anchor : list(o, "developmentAnchors")) {
      anchors.add(DevelopmentAnchor.fromJson(anchor, base));
    }
    return anchors;
  }

  private static List<String> strings(Json.Obj o, String name) {
    return list(o, name).stream().map(s -> s.asString(name)).toList();
  }

  private static List<Json> list(Json.Obj o, String name) {
    return o.get(name).map(l -> l.asArray(name)).orElse(List.of());
  }

  private static Duration seconds(Json.Obj o, String name) {
    return Duration.ofSeconds(number(o, name, MINUTES_5, MAX_LIFE));
  }

  private static long number(Json.Obj o, String name, long otherwise, long most) {
    long number = o.get(name).map(n -> n.asLong(name)).orElse(otherwise);
    if (number < 1 || number > most) {
      throw wrong(name, "is not between 1 and " + most);
    }
    return number;
  }

  private static MalformedEvidenceException wrong(String field, String problem) {
    return new MalformedEvidenceException("configuration", field, -1, problem);
  }
}
