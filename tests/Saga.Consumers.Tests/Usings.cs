global using Saga.Consumers.Tests.Support;
global using Shouldly;
global using Xunit;
