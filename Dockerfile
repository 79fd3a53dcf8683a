# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source

# The project files alone first, so that a change of code does not restore again.
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Contracts/*.csproj src/Contracts/
COPY src/Saga.EntityFrameworkCore/*.csproj src/Saga.EntityFrameworkCore/
COPY src/Saga.StateMachines/*.csproj src/Saga.StateMachines/
COPY src/Saga.Consumers/*.csproj src/Saga.Consumers/
COPY src/Saga.Worker/*.csproj src/Saga.Worker/
COPY src/Saga.Cli/*.csproj src/Saga.Cli/
RUN dotnet restore src/Saga.Cli/Saga.Cli.csproj

# Analyzers had their say in test.sh.
COPY src/ src/
RUN dotnet publish src/Saga.Cli/Saga.Cli.csproj --no-restore -c Release -o /app -p:RunAnalyzers=false -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12
WORKDIR /app
COPY --from=build /app .
# The embedded mode keeps its SQLite file in ./data, which the user of the image must be able to write.
RUN mkdir data && chown "$APP_UID" data
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "saga.dll", "server"]
