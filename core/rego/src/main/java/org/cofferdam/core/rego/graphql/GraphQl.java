// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.graphql;

import java.util.List;
import org.cofferdam.core.rego.value.Value;

/** Queries and schemas, as texts or as the documents that they were parsed to. */
public final class GraphQl {
  private GraphQl() {}

  /** A query that was read. */
  public static final class Query {
    private final Ast.QueryDocument document;

    private Query(Ast.QueryDocument document) {
      this.document = document;
    }

    /** The syntax tree. */
    public Value tree() {
      return AstWriter.query(document);
    }
  }

  /** A schema that was read; it may still be none that {@link #check} accepts. */
  public static final class SchemaText {
    private final Ast.SchemaDocument document;

    private SchemaText(Ast.SchemaDocument document) {
      this.document = document;
    }

    /** The syntax tree. */
    public Value tree() {
      return AstWriter.schema(document);
    }
  }

  /**
   * @throws GraphQlException where {@code text} is no query
   */
  public static Query query(String text) {
    return new Query(QueryParser.parse(text));
  }

  /**
   * @throws GraphQlException where {@code tree} is no query's
   */
  public static Query query(Value tree) {
    return new Query(AstReader.query(tree));
  }

  /**
   * @throws GraphQlException where {@code text} is no schema
   */
  public static SchemaText schema(String text) {
    return new SchemaText(SchemaParser.parse(text, false));
  }

  /**
   * @throws GraphQlException where {@code tree} is no schema's
   */
  public static SchemaText schema(Value tree) {
    return new SchemaText(AstReader.schema(tree));
  }

  /**
   * Checks a schema's own rules.
   *
   * @throws GraphQlException with the first that does not hold
   */
  public static void check(SchemaText schema) {
    Schema.of(schema.document);
  }

  /**
   * Checks that a query fits a schema.
   *
   * @param work is told of each step, and may throw to end it
   * @throws GraphQlException with the first rule that does not hold
   */
  public static void check(SchemaText schema, Query query, Work work) {
    Schema s = Schema.of(schema.document);
    MergeRule merge = new MergeRule(s, query.document, work);
    List<Visitor> rules =
        List.of(
            new FieldRules(s),
            new FragmentRules(s, query.document),
            new OperationRules(query.document, work),
            new VariableRules(s),
            new ValueRules(),
            merge);
    new Walk(s, query.document, rules, work).run();
    merge.check();
  }
}
