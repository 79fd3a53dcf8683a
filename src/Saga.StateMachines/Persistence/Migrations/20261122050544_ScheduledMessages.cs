using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Saga.StateMachines.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ScheduledMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "schedule_token_id",
                table: "saga_outbox",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_saga_outbox_schedule_token_id",
                table: "saga_outbox",
                column: "schedule_token_id",
                filter: "schedule_token_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_saga_outbox_schedule_token_id",
                table: "saga_outbox");

            migrationBuilder.DropColumn(
                name: "schedule_token_id",
                table: "saga_outbox");
        }
    }
}
