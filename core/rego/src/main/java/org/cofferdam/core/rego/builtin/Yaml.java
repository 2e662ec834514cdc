// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML texts. Aliases are bounded, so that a small text cannot become a large value. */
public final class Yaml {
  private static final int MAX_ALIASES = 50;
  private static final int MAX_POINTS = 3 << 20;

  private Yaml() {}

  static void register(Registry r) {
    r.add("yaml.marshal", 1, (c, a) -> RegoString.of(write(c, a[0])));
    r.add("yaml.unmarshal", 1, (c, a) -> read(c, Args.string(a[0], 1)));
    r.add(
        "yaml.is_valid",
        1,
        (c, a) -> RegoBoolean.of(a[0] instanceof RegoString s && valid(c, s.value())));
  }

  private static boolean valid(CallContext c, String s) {
    try {
      read(c, s);
      return true;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static Value read(CallContext c, String s) {
    c.work(s.length());
    return parse(s);
  }

  /**
   * The first document of a text.
   *
   * @throws BuiltinException where it is no YAML
   */
  public static Value parse(String s) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(MAX_ALIASES)
              .setCodePointLimit(MAX_POINTS)
              .build();
      Value first = null;
      for (Object document : new Load(settings).loadAllFromString(s)) {
        Value v = value(document);
        first = first == null ? v : first;
      }
      return first == null ? RegoNull.NULL : first;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
      throw BuiltinException.failed(
          "yaml: line " + line + ": did not find what was expected: " + e.getProblem());
    } catch (YamlEngineException | ClassCastException | StackOverflowError e) {
      throw BuiltinException.failed("yaml: " + e.getClass().getSimpleName());
    }
  }

  private static Value value(@Nullable Object o) {
    return switch (o) {
      case null -> RegoNull.NULL;
      case Boolean b -> RegoBoolean.of(b);
      case BigInteger i -> RegoNumber.of(i);
      case Integer i -> RegoNumber.of(i);
      case Long l -> RegoNumber.of(l);
      case Double d when !d.isNaN() && !d.isInfinite() ->
          RegoNumber.of(new BigDecimal(d.toString()));
      case List<?> l -> RegoArray.of(l.stream().map(Yaml::value).toList());
      case Map<?, ?> m -> {
        Map<Value, Value> out = new HashMap<>();
        m.forEach((k, v) -> out.put(key(k), value(v)));
        yield RegoObject.of(out);
      }
      default -> RegoString.of(o.toString());
    };
  }

  private static Value key(@Nullable Object k) {
    Value v = value(k);
    if (v.isCollection()) {
      throw BuiltinException.failed("yaml: a key that is no scalar");
    }
    return v instanceof RegoString ? v : RegoString.of(v.toString());
  }

  private static String write(CallContext c, Value v) {
    Sizes.charge(c, v);
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .build();
    return new Dump(settings).dumpToString(plain(v));
  }

  private static @Nullable Object plain(Value v) {
    return switch (v) {
      case RegoNull _ -> null;
      case RegoBoolean b -> b.value();
      case RegoNumber n -> n.isInteger() ? n.toBigInteger() : (Object) n.doubleValue();
      case RegoString s -> s.value();
      case RegoArray a ->
          a.items().stream()
              .map(Yaml::plain)
              .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
      case RegoSet s ->
          s.items().stream()
              .map(Yaml::plain)
              .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
      case RegoObject o -> {
        TreeMap<String, Value> sorted = new TreeMap<>(RegoString::compare);
        o.toMap()
            .forEach(
                (k, x) -> sorted.put(k instanceof RegoString s ? s.value() : Json.write(k), x));
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        sorted.forEach((k, x) -> out.put(k, plain(x)));
        yield out;
      }
    };
  }
}
