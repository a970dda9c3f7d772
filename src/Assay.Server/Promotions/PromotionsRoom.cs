using Assay.Server.Events;
using Assay.Server.Ledger;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Promotions;

internal static class PromotionsRoom
{
    public static IServiceCollection AddPromotions(this IServiceCollection services) => services
        .AddSingleton<PromotionBook>()
        .AddSingleton<IChampions>(s => s.GetRequiredService<PromotionBook>())
        .AddSingleton<IIncumbents>(s => s.GetRequiredService<PromotionBook>())
        .AddSingleton<InvolvedParties>()
        .AddSingleton<Promoter>()
        .AddSingleton<RequestFlow>()
        .AddSingleton<RequestOpening>()
        .AddSingleton<RequestDesk>()
        .AddSingleton<RollbackDesk>()
        .AddSingleton<BundleDesk>()
        .AddSingleton<Uses.DataUses>()
        .AddSingleton<Identity.IScopes, RequestScopes>()
        .AddSingleton(s => new RequestViews(s.GetRequiredService<Store>(), s.GetRequiredService<VerdictBook>(), s.GetRequiredService<PromotionBook>(), s.GetRequiredService<Versions>(),
            s.GetRequiredService<InvolvedParties>(), s.GetRequiredService<LedgerTexts>(), s.GetRequiredService<TimeProvider>()))
        .Subscribes<RequestsOfMeasured>()
        .Subscribes<RequestsUnderPolicy>()
        .Subscribes<RequestsAfterPromotion>();
}
