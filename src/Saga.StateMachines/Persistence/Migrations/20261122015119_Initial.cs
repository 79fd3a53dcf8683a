using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Saga.StateMachines.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "saga_outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    destination = table.Column<string>(type: "text", nullable: false),
                    is_publish = table.Column<bool>(type: "boolean", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    properties = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saga_plans",
                columns: table => new
                {
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    body = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_plans", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "saga_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    plan_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    input = table.Column<string>(type: "json", nullable: false),
                    context = table.Column<string>(type: "json", nullable: false),
                    error = table.Column<string>(type: "json", nullable: true),
                    nodes = table.Column<string>(type: "text", nullable: false),
                    dispatches = table.Column<string>(type: "text", nullable: false),
                    last_dispatch_id = table.Column<long>(type: "bigint", nullable: false),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    stop_requested_by = table.Column<string>(type: "text", nullable: true),
                    stop_note = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saga_step_results",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    node_index = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    input = table.Column<string>(type: "json", nullable: true),
                    output = table.Column<string>(type: "json", nullable: true),
                    error_code = table.Column<string>(type: "text", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    compensation = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    compensation_attempts = table.Column<int>(type: "integer", nullable: false),
                    compensation_error_code = table.Column<string>(type: "text", nullable: true),
                    compensation_error_message = table.Column<string>(type: "text", nullable: true),
                    compensation_started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    compensation_completed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_step_results", x => new { x.run_id, x.node_index });
                });

            migrationBuilder.CreateTable(
                name: "saga_steps",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    compensates = table.Column<bool>(type: "boolean", nullable: false),
                    input_schema = table.Column<string>(type: "json", nullable: true),
                    output_schema = table.Column<string>(type: "json", nullable: true),
                    first_announced_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_announced_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saga_steps", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_saga_outbox_due_at",
                table: "saga_outbox",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_saga_runs_created_at_id",
                table: "saga_runs",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_saga_runs_status_created_at_id",
                table: "saga_runs",
                columns: new[] { "status", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saga_outbox");

            migrationBuilder.DropTable(
                name: "saga_plans");

            migrationBuilder.DropTable(
                name: "saga_runs");

            migrationBuilder.DropTable(
                name: "saga_step_results");

            migrationBuilder.DropTable(
                name: "saga_steps");
        }
    }
}
