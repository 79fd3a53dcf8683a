using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Saga.StateMachines.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PlansAndSignals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "step",
                table: "saga_step_results",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<DateTime>(
                name: "started_at",
                table: "saga_step_results",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTime),
                oldType: "timestamp with time zone");

            migrationBuilder.AddColumn<Guid>(
                name: "child_run_id",
                table: "saga_step_results",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "saga_step_results",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "resumption",
                table: "saga_step_results",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "snapshot",
                table: "saga_step_results",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "waiting_for",
                table: "saga_step_results",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "wake_at",
                table: "saga_step_results",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "wake_id",
                table: "saga_step_results",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "awaits",
                table: "saga_runs",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "blocks",
                table: "saga_runs",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "correlation_key",
                table: "saga_runs",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "correlation_scope",
                table: "saga_runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "definition_version",
                table: "saga_runs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_key",
                table: "saga_runs",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "inbox_count",
                table: "saga_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "saga_runs",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "output",
                table: "saga_runs",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_node",
                table: "saga_runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "parent_node_index",
                table: "saga_runs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "parent_run_id",
                table: "saga_runs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "signal_count",
                table: "saga_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "saga_definitions",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    plan_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_definitions", x => new { x.kind, x.version });
                });

            migrationBuilder.CreateTable(
                name: "saga_signals",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    payload = table.Column<string>(type: "json", nullable: true),
                    dedup_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    sent_by = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    consumed_by_node = table.Column<int>(type: "integer", nullable: true),
                    consumed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_signals", x => new { x.run_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_saga_step_results_wake_at",
                table: "saga_step_results",
                column: "wake_at",
                filter: "wake_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_saga_runs_correlation_key_created_at",
                table: "saga_runs",
                columns: new[] { "correlation_key", "created_at" },
                filter: "correlation_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_saga_runs_held_key",
                table: "saga_runs",
                column: "held_key",
                unique: true,
                filter: "held_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_saga_runs_parent_run_id",
                table: "saga_runs",
                column: "parent_run_id",
                filter: "parent_run_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_saga_signals_run_id_dedup_key",
                table: "saga_signals",
                columns: new[] { "run_id", "dedup_key" },
                unique: true,
                filter: "dedup_key IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saga_definitions");

            migrationBuilder.DropTable(
                name: "saga_signals");

            migrationBuilder.DropIndex(
                name: "IX_saga_step_results_wake_at",
                table: "saga_step_results");

            migrationBuilder.DropIndex(
                name: "IX_saga_runs_correlation_key_created_at",
                table: "saga_runs");

            migrationBuilder.DropIndex(
                name: "IX_saga_runs_held_key",
                table: "saga_runs");

            migrationBuilder.DropIndex(
                name: "IX_saga_runs_parent_run_id",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "child_run_id",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "resumption",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "snapshot",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "waiting_for",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "wake_at",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "wake_id",
                table: "saga_step_results");

            migrationBuilder.DropColumn(
                name: "awaits",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "blocks",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "correlation_key",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "correlation_scope",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "definition_version",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "held_key",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "inbox_count",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "output",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "parent_node",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "parent_node_index",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "parent_run_id",
                table: "saga_runs");

            migrationBuilder.DropColumn(
                name: "signal_count",
                table: "saga_runs");

            migrationBuilder.AlterColumn<string>(
                name: "step",
                table: "saga_step_results",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AlterColumn<DateTime>(
                name: "started_at",
                table: "saga_step_results",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified),
                oldClrType: typeof(DateTime),
                oldType: "timestamp with time zone",
                oldNullable: true);
        }
    }
}
