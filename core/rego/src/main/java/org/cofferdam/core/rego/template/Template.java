// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.template.Node.Command;
import org.cofferdam.core.rego.template.Node.Operand;
import org.cofferdam.core.rego.template.Node.Pipe;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Fills a template. */
public final class Template {
  private final CallContext context;
  private final Printf printf;
  private final StringBuilder out = new StringBuilder();

  /** Formats as {@code sprintf} does. */
  @FunctionalInterface
  public interface Printf {
    Value format(CallContext context, String format, RegoArray args);
  }

  /** How a list of nodes ended. */
  private enum End {
    DONE,
    BREAK,
    CONTINUE
  }

  /** Variables of a block, and of those around it. */
  private static final class Scope {
    final @Nullable Scope outer;
    final Map<String, Value> values = new HashMap<>();

    Scope(@Nullable Scope outer) {
      this.outer = outer;
    }

    Scope find(String name) {
      for (Scope s = this; s != null; s = s.outer) {
        if (s.values.containsKey(name)) {
          return s;
        }
      }
      throw new TemplateException("undefined variable \"$" + name + "\"");
    }
  }

  private Template(CallContext context, Printf printf) {
    this.context = context;
    this.printf = printf;
  }

  /**
   * Fills {@code text} with {@code values}.
   *
   * @throws TemplateException where the text is no template or does not suit the values
   */
  public static String render(CallContext context, Printf printf, String text, RegoObject values) {
    context.work(text.length());
    Template t = new Template(context, printf);
    Scope scope = new Scope(null);
    scope.values.put("", values);
    t.run(TemplateParser.parse(text), values, scope);
    return t.out.toString();
  }

  private void write(String s) {
    context.charge(s.length());
    out.append(s);
  }

  private End run(List<Node> nodes, @Nullable Value dot, Scope scope) {
    for (Node n : nodes) {
      context.work(1);
      End end =
          switch (n) {
            case Node.Text t -> {
              write(t.text());
              yield End.DONE;
            }
            case Node.Action a -> {
              Value v = pipe(a.pipe(), dot, scope);
              if (a.pipe().variables().isEmpty()) {
                write(Functions.Text.of(v));
              }
              yield End.DONE;
            }
            case Node.If i -> branch(i, dot, scope);
            case Node.Range r -> range(r, dot, scope);
            case Node.Leave l -> l.whole() ? End.BREAK : End.CONTINUE;
          };
      if (end != End.DONE) {
        return end;
      }
    }
    return End.DONE;
  }

  private End branch(Node.If n, @Nullable Value dot, Scope scope) {
    Scope inner = new Scope(scope);
    Value v = pipe(n.pipe(), dot, inner);
    return Functions.truth(v)
        ? run(n.then(), n.dot() ? v : dot, inner)
        : run(n.otherwise(), dot, inner);
  }

  private End range(Node.Range n, @Nullable Value dot, Scope scope) {
    Scope inner = new Scope(scope);
    Value v = pipe(new Pipe(List.of(), false, n.pipe().commands()), dot, scope);
    int size =
        switch (v) {
          case null -> 0;
          case RegoNull _ -> 0;
          case RegoArray a -> a.size();
          case RegoObject o -> o.size();
          case RegoNumber x when x.isLong() ->
              (int) Math.min(Math.max(x.longValue(), 0), Integer.MAX_VALUE);
          default -> throw new TemplateException("range can't iterate over this value");
        };
    if (v == null || size == 0) {
      return run(n.otherwise(), dot, inner);
    }
    List<String> names = n.pipe().variables();
    for (int i = 0; i < size; i++) {
      Value element = v.isCollection() ? v.valueAt(i) : RegoNumber.of(i);
      Value key = v.isCollection() ? v.keyAt(i) : RegoNumber.of(i);
      Scope each = new Scope(inner);
      if (names.size() == 2) {
        set(names.get(0), key, n.pipe().declares(), each);
      }
      if (!names.isEmpty()) {
        set(names.getLast(), element, n.pipe().declares(), each);
      }
      if (run(n.body(), element, each) == End.BREAK) {
        break;
      }
    }
    return End.DONE;
  }

  private static void set(String name, @Nullable Value v, boolean declares, Scope scope) {
    (declares ? scope : scope.find(name)).values.put(name, v == null ? RegoNull.NULL : v);
  }

  private @Nullable Value pipe(Pipe p, @Nullable Value dot, Scope scope) {
    Value v = null;
    boolean first = true;
    for (Command c : p.commands()) {
      v = command(c, dot, scope, !first, v);
      first = false;
    }
    for (String name : p.variables()) {
      set(name, v, p.declares(), scope);
    }
    return v;
  }

  private @Nullable Value command(
      Command c, @Nullable Value dot, Scope scope, boolean piped, @Nullable Value last) {
    Operand first = c.operands().getFirst();
    if (first.kind() != Node.Kind.FUNCTION) {
      if (piped || c.operands().size() > 1) {
        throw new TemplateException("can't give argument to non-function");
      }
      return operand(first, dot, scope);
    }
    boolean and = first.name().equals("and");
    boolean shortcut = and || first.name().equals("or");
    List<@Nullable Value> args = new ArrayList<>();
    for (Operand o : c.operands().subList(1, c.operands().size())) {
      Value v = operand(o, dot, scope);
      if (shortcut && Functions.truth(v) != and) {
        return v;
      }
      args.add(v);
    }
    if (piped) {
      args.add(last);
    }
    if (shortcut) {
      if (args.isEmpty()) {
        throw new TemplateException("wrong number of args for " + first.name());
      }
      return args.getLast();
    }
    return Functions.call(first.name(), args, this::format);
  }

  private Value format(List<@Nullable Value> args) {
    if (args.isEmpty() || !(args.getFirst() instanceof RegoString s)) {
      throw new TemplateException("wrong type for the format of printf");
    }
    List<Value> rest = new ArrayList<>();
    args.subList(1, args.size()).forEach(v -> rest.add(v == null ? RegoNull.NULL : v));
    return printf.format(context, s.value(), RegoArray.of(rest));
  }

  private @Nullable Value operand(Operand o, @Nullable Value dot, Scope scope) {
    Value v =
        switch (o.kind()) {
          case DOT -> dot;
          case VARIABLE -> scope.find(o.name()).values.get(o.name());
          case CONSTANT -> o.value();
          case FUNCTION -> Functions.call(o.name(), List.of(), this::format);
          case PIPE -> o.pipe() == null ? null : pipe(o.pipe(), dot, scope);
        };
    for (String field : o.fields()) {
      if (v == null || v instanceof RegoNull) {
        throw new TemplateException("nil data; no entry for key \"" + field + "\"");
      }
      if (!(v instanceof RegoObject map)) {
        throw new TemplateException("can't evaluate field " + field);
      }
      v = map.get(field);
    }
    return v;
  }
}
