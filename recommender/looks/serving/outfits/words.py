"""Words for garments, seasons and lines, as retailers write them in categories and names.

English, German, French, Italian, Spanish, Arabic, Japanese and Chinese, in lower case and without accents; several
words with a space are matched as a phrase.
"""

from __future__ import annotations

from enum import Enum, unique


@unique
class Slot(Enum):
    """What a garment is in an outfit. The values are used in the configuration."""

    DRESS = "dress"
    """Covers top and bottom: dresses, jumpsuits, dungarees."""
    TOP = "top"
    """Shirts, knitwear, blazers, waistcoats: may be worn over each other."""
    BOTTOM = "bottom"
    OUTER = "outer"
    """Coats and jackets for outdoors."""
    SHOES = "shoes"
    ACCESSORY = "accessory"
    UNDERWEAR = "underwear"
    NIGHT = "nightwear"
    NIGHT_TOP = "nightwear-top"
    NIGHT_BOTTOM = "nightwear-bottom"
    ROBE = "dressing-gown"
    SWIM = "swimwear"
    SWIM_TOP = "swimwear-top"
    SWIM_BOTTOM = "swimwear-bottom"


@unique
class Season(Enum):
    """Warmth of a garment; the values are used in the configuration."""

    WARM = "summer"
    COLD = "winter"


@unique
class Line(Enum):
    """For whom a garment is made."""

    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"


SLOT_WORDS: dict[Slot, str] = {
    Slot.DRESS: """
        dress, dresses, robe chemise, gown, gowns, jumpsuit, jumpsuits, playsuit, playsuits, dungaree,
        dungarees, romper, rompers, kleid, kleider, overall, overalls, latzhose, latzhosen, robe, robes,
        combinaison, combinaisons, salopette, salopettes, abito donna, vestito, vestiti, tuta, tute,
        vestido, vestidos, mono, monos, peto, petos, فستان, فساتين, ワンピース, ドレス, オールインワン,
        サロペット, 连衣裙, 連衣裙, 礼服, 连体裤, 连身裤, 背带裤, slip dress, slip dresses, suit, suits,
        tracksuit, tracksuits, abaya, abayas, kaftan, kaftans, caftan, caftans, sari, saris, anzug,
        anzuge, anzuege, hosenanzug, hosenanzuge, costume, costumes, survetement, survetements, abito,
        abiti, traje, trajes, chandal, عباية, عبايات, قفطان, بدلة, بدلات, スーツ, 西装, 西裝""",
    Slot.TOP: """
        shirt, shirts, t-shirt, tshirt, tee, tees, top, tops, blouse, blouses, camisole, camisoles, polo,
        polos, tunic, tunics, sweater, sweaters, jumper, jumpers, pullover, pullovers, knitwear, knit,
        knits, cardigan, cardigans, hoodie, hoodies, sweatshirt, sweatshirts, roll neck, turtleneck,
        crew neck, blazer, blazers, waistcoat, waistcoats, gilet, bodysuit, bodysuits, tank, vest top,
        hemd, hemden, bluse, blusen, oberteil, oberteile, pulli, pullis, strick, strickwaren, strickjacke,
        strickjacken, sakko, sakkos, weste, westen, rollkragen, chemise, chemises, chemisier, chemisiers,
        haut, hauts, pull, pulls, tricot, tricots, maille, mailles, maillot de corps, gilets, debardeur,
        camicia, camicie, camicetta, camicette, maglia, maglie, maglietta, magliette, maglione, maglioni,
        maglieria, felpa, felpe, camisa, camisas, camiseta, camisetas, blusa, blusas, jersey, jerseis,
        jerseys, sueter, sueteres, sudadera, sudaderas, chaleco, chalecos, قميص, قمصان, بلوزة, بلوزات,
        كنزة, كنزات, سترة صوفية, シャツ, ブラウス, トップス, ニット, セーター, カーディガン, パーカー,
        スウェット, ベスト, ブレザー, 衬衫, 襯衫, 上衣, 毛衣, 针织, 針織, 卫衣, 开衫, 背心, 西装外套,
        vest, vests, twinset, twinsets, suit jacket, suit jackets, dinner jacket, dinner jackets,
        veste de costume, vestes de costume, americana, americanas, t恤""",
    Slot.BOTTOM: """
        trouser, trousers, pants, jean, jeans, chino, chinos, short, shorts, skirt, skirts, leggings,
        legging, culotte, culottes, bermuda, bermudas, joggers, cargo pants, slacks, hose, hosen, rock,
        rocke, roecke, pantalon, pantalons, jupe, jupes, pantalone, pantaloni, pantaloncini, gonna, gonne,
        pantalones, falda, faldas, vaquero, vaqueros, بنطال, بنطلون, بناطيل, تنورة, تنانير, شورت, جينز,
        パンツ, ズボン, スカート, ジーンズ, デニムパンツ, ショーツ, レギンス, 裤, 褲, 半身裙, 短裙, 长裙,
        牛仔裤, bottom, bottoms, skort, skorts, leggings tights, unterteil, unterteile, ボトムス""",
    Slot.OUTER: """
        coat, coats, overcoat, overcoats, trench, trenches, parka, parkas, anorak, anoraks, jacket,
        jackets, blouson, blousons, cape, capes, poncho, ponchos, outerwear, puffer, mantel, maentel,
        jacke, jacken, manteau, manteaux, veste, vestes, doudoune, doudounes, impermeable, impermeables,
        cappotto, cappotti, giacca, giacche, giubbotto, giubbotti, giaccone, piumino, piumini, abrigo,
        abrigos, chaqueta, chaquetas, cazadora, cazadoras, gabardina, gabardinas, معطف, معاطف, جاكيت,
        جاكيتات, سترة, コート, ジャケット, ブルゾン, ダウン, 外套, 大衣, 夹克, 夾克, 风衣, 羽绒服,
        アウター""",
    Slot.SHOES: """
        shoe, shoes, boot, boots, bootie, booties, sneaker, sneakers, trainer, trainers, sandal, sandals,
        loafer, loafers, pump, pumps, heels, flats, ballerina, ballerinas, moccasin, moccasins, slipper,
        slippers, espadrille, espadrilles, mule, mules, clog, clogs, footwear, flip flop, flip flops,
        schuh, schuhe, stiefel, stiefelette, stiefeletten, sandale, sandalen, turnschuh, turnschuhe,
        hausschuhe, chaussure, chaussures, botte, bottes, bottine, bottines, basket, baskets, sandales,
        mocassin, mocassins, escarpin, escarpins, scarpa, scarpe, stivale, stivali, stivaletto,
        stivaletti, sandalo, sandali, mocassino, mocassini, zapato, zapatos, bota, botas, botin, botines,
        zapatilla, zapatillas, sandalia, sandalias, حذاء, أحذية, احذية, صندل, صنادل, 靴, シューズ, ブーツ,
        スニーカー, サンダル, パンプス, 鞋, 靴子, pantoffel, pantoffeln, plimsoll, plimsolls, wellington,
        wellingtons, wellies, wedge, wedges, ballerine, ballerines""",
    Slot.ACCESSORY: """
        accessory, accessories, bag, bags, handbag, handbags, backpack, backpacks, clutch, tote, wallet,
        wallets, purse, purses, belt, belts, hat, hats, cap, caps, beanie, beanies, scarf, scarves, shawl,
        shawls, stole, foulard, foulards, square, glove, gloves, mitten, mittens, tie, ties, bow tie,
        sunglasses, glasses, jewellery, jewelry, necklace, necklaces, earring, earrings, ring, rings,
        bracelet, bracelets, watch, watches, umbrella, umbrellas, headband, headbands, hair clip, braces,
        accessoire, accessoires, zubehoer, zubehor, tasche, taschen, rucksack, gurtel, guertel, hut, hute,
        huete, mutze, muetze, mutzen, schal, schals, tuch, tucher, handschuh, handschuhe, krawatte,
        krawatten, schmuck, kette, ketten, brille, sonnenbrille, sac, sacs, ceinture, ceintures, chapeau,
        chapeaux, bonnet, bonnets, casquette, echarpe, echarpes, gant, gants, cravate, cravates, bijou,
        bijoux, lunettes, accessorio, accessori, borsa, borse, cintura, cinture, cappello, cappelli,
        berretto, berretti, sciarpa, sciarpe, guanto, guanti, cravatta, cravatte, gioielli, occhiali,
        accesorio, accesorios, bolso, bolsos, cinturon, cinturones, sombrero, sombreros, gorro, gorros,
        gorra, gorras, bufanda, bufandas, panuelo, panuelos, guante, guantes, corbata, corbatas, joyas,
        gafas, حقيبة, حقائب, حزام, أحزمة, احزمة, قبعة, قبعات, وشاح, أوشحة, اوشحة, قفاز, قفازات, إكسسوارات,
        اكسسوارات, バッグ, ベルト, 帽子, マフラー, スカーフ, 手袋, アクセサリー, ネクタイ, 包, 手提包,
        皮带, 腰带, 围巾, 圍巾, 手套, 配饰, 配件, 领带, 丝巾, hair band, alice band, hairband, hairbands,
        hair string, sarong, sarongs, pareo, pareos""",
    Slot.UNDERWEAR: """
        underwear, bra, bras, briefs, brief, boxer, boxers, lingerie, socks, sock, tights, tight, hosiery,
        stockings, undershirt, underdress, underwear tights, long john, underwear top, underwear body,
        unterwasche, unterwaesche, slip damen, bh, socken, socke, strumpf, strumpfe, struempfe,
        strumpfhose, strumpfhosen, unterhose, unterhosen, unterhemd, sous-vetement, sous-vetements,
        culotte femme, chaussette, chaussettes, collant, collants, soutien-gorge, intimo, calza, calze,
        calzini, reggiseno, mutande, ropa interior, calcetin, calcetines, medias, sujetador, bragas,
        calzoncillos, ملابس داخلية, جوارب, 下着, 靴下, ソックス, タイツ, 内衣, 內衣, 袜, 襪, 内裤, thong,
        thongs, panties, panty, knickers, boxershort, boxershorts, trunks, pantyhose, bralette, bralettes,
        shapewear, corset, corsets, underskirt, underskirts, petticoat, petticoats, bhs, sport-bh,
        sport-bhs, slips, soutiens-gorge, soutien gorge, calecon, calecons, mutandine, reggiseni,
        sujetadores, حمالة صدر, حمالات صدر, ブラジャー""",
    Slot.NIGHT: """
        nightwear, sleepwear, pyjama, pyjamas, pajama, pajamas, nightgown, night gown, nightdress,
        nightshirt, loungewear, nachthemd, nachthemden, nachtwasche, nachtwaesche, schlafanzug,
        schlafanzuge, schlafanzuege, chemise de nuit, pigiama, pigiami, camicia da notte, pijama, pijamas,
        camison, camisones, بيجاما, بيجامات, ملابس نوم, パジャマ, ナイトウェア, 睡衣, 家居服, night shirt,
        night shirts, nightshirts, sleepsuit, sleepsuits, onesie, onesies, ملابس النوم""",
    Slot.SWIM: """
        swimwear, swimsuit, swimsuits, bikini, bikinis, swim shorts, swimming trunks, badeanzug,
        badeanzuge, badehose, badehosen, bademode, maillot de bain, maillots de bain, costume da bagno,
        costumi da bagno, banador, banadores, traje de bano, ملابس سباحة, مايوه, 水着, ビキニ, 泳衣, 泳裤,
        比基尼, swim suit, swim suits, بدلة سباحة, ملابس السباحة, 泳装, 泳裝""",
    Slot.NIGHT_TOP: """
        pyjama top, pyjama tops, pajama top, pajama tops, pyjama shirt, sleep shirt, pyjamaoberteil,
        schlafshirt, schlafshirts, haut de pyjama, hauts de pyjama, parte superior pijama""",
    Slot.NIGHT_BOTTOM: """
        pyjama bottom, pyjama bottoms, pajama bottom, pajama bottoms, pyjama trousers, pajama trousers,
        pyjama pants, pajama pants, pyjama shorts, pajama shorts, sleep shorts, pyjamahose, pyjamahosen,
        schlafanzughose, schlafanzughosen, schlafhose, schlafhosen, bas de pyjama, pantalon de pyjama,
        pantaloni pigiama, pantalon pijama""",
    Slot.ROBE: """
        bathrobe, bathrobes, dressing gown, dressing gowns, bademantel, bademaentel, morgenmantel,
        robe de chambre, robes de chambre, peignoir, peignoirs, vestaglia, vestaglie, accappatoio,
        accappatoi, bata, batas, albornoz, albornoces, روب, バスローブ, ガウン, 浴袍""",
    Slot.SWIM_TOP: """
        bikini top, bikini tops, bikini bra, swimwear top, swimwear tops, swim top, swim tops, tankini,
        tankinis, rash guard, rash guards, bikinioberteil, bikinioberteile, bikini oberteil,
        haut de bikini, hauts de bikini, haut de maillot, hauts de maillot, top bikini, top de bikini""",
    Slot.SWIM_BOTTOM: """
        bikini bottom, bikini bottoms, bikini brief, bikini briefs, swimwear bottom, swimwear bottoms,
        swim bottom, swim bottoms, swim briefs, bikinihose, bikinihosen, bikini hose, bikinislip,
        bikinislips, bikini slip, bas de bikini, bas de maillot, slip bikini, slip de bikini,
        braga bikini, braga de bikini, braguita bikini""",
}
SEASON_WORDS: dict[Season, str] = {
    Season.WARM: """
        summer, spring summer, shorts, bermuda, bermudas, sandal, sandals, espadrille, espadrilles,
        flip flop, flip flops, linen, seersucker, straw, raffia, sunglasses, bikini, bikinis, swimwear,
        swimsuit, swimsuits, sarong, sundress, sommer, leinen, stroh, sonnenbrille, sandale, sandalen,
        badeanzug, badehose, bademode, ete, lin, paille, sandales, maillot de bain, estate, lino, paglia,
        pantaloncini, sandali, sandalo, costume da bagno, verano, paja, sandalia, sandalias, banador,
        traje de bano, صيف, الصيف, كتان, صندل, صنادل, شورت, مايوه, 夏, 麻, リネン, サンダル, 水着,
        ショーツ, 凉鞋, 亚麻, 短裤, 泳衣, 泳裤""",
    Season.COLD: """
        winter, autumn winter, fall winter, autumn, glove, gloves, mitten, mittens, beanie, beanies,
        earmuffs, parka, parkas, puffer, down jacket, down coat, overcoat, overcoats, shearling, fleece,
        cashmere, mohair, alpaca, thermal, wool scarf, cashmere scarf, snow boots, long john, handschuh,
        handschuhe, mutze, muetze, mutzen, wintermantel, daunenjacke, kaschmir, lammfell, herbst, hiver,
        automne, gant, gants, bonnet, bonnets, cachemire, doudoune, doudounes, polaire, inverno, autunno,
        guanto, guanti, berretto, piumino, piumini, invierno, otono, guante, guantes, gorro, gorros,
        cachemir, plumifero, شتاء, الشتاء, قفاز, قفازات, كشمير, 冬, 手袋, カシミヤ, カシミア, ダウン,
        手套, 羊绒, 羊絨, 羽绒服, 羽绒""",
}
LINE_WORDS: dict[Line, str] = {
    Line.WOMEN: """
        women, woman, womens, women's, ladies, lady, ladieswear, womenswear, female, maternity, damen,
        frauen, femme, femmes, donna, donne, mujer, mujeres, senora, نساء, نسائي, النساء, レディース,
        女性, 女装, 女裝, 女士, 女款""",
    Line.MEN: """
        men, man, mens, men's, menswear, male, gentlemen, herren, manner, maenner, homme, hommes, uomo,
        uomini, hombre, hombres, caballero, رجال, رجالي, الرجال, メンズ, 男性, 男装, 男裝, 男士, 男款""",
    Line.CHILDREN: """
        children, child, childrenswear, kids, kid, kidswear, baby, babies, girl, girls, boy, boys,
        toddler, junior, juniors, infant, kinder, kind, madchen, maedchen, jungen, junge, enfant, enfants,
        bebe, fille, filles, garcon, garcons, bambino, bambini, bambina, bambine, neonato, nino, ninos,
        nina, ninas, infantil, أطفال, اطفال, رضع, بنات, أولاد, キッズ, 子供, ベビー, 儿童, 兒童, 童装,
        童裝, 婴儿""",
}
# What is made for women where nothing else is said; a word after it decides, as in `dress shirt`.
WOMENS_WORDS = """
    slip dress, slip dresses, bikini top, bikini tops, bikini bottom, bikini bottoms, bikini bra, dress,
    dresses, skirt, skirts, blouse, blouses, bra, bras, bikini, bikinis, gown, gowns, abaya, abayas, sari,
    saris, kleid, kleider, rock, rocke, roecke, bluse, blusen, bh, bhs, jupe, jupes, soutien-gorge,
    soutiens-gorge, gonna, gonne, vestito, vestiti, camicetta, camicette, reggiseno, reggiseni, falda,
    faldas, vestido, vestidos, sujetador, sujetadores, فستان, فساتين, تنورة, تنانير, بلوزة, بلوزات, عباية,
    عبايات, ワンピース, ドレス, スカート, ブラウス, ブラジャー, 连衣裙, 連衣裙, 半身裙, 短裙"""
EVERYBODY = "unisex, all, everyone, alle, tous, tutti, todos, mixte, للجميع, ユニセックス, 男女, 中性"
"""Words for a garment made for everybody."""
# Words after which a text says what a garment has or is made of, not what it is: `dress with belt`.
CUT_AT = """
    with, without, in, of, from, for, and, mit, ohne, aus, fur, fuer, und, avec, sans, en, de, du, des,
    au, pour, con, senza, di, da, per, sin, para"""
# Words that also match as the end of a longer one, as in `lederjacke` or `sundress`.
ENDINGS = """
    rock, rocke, roecke, hose, hosen, hemd, hemden, jacke, jacken, mantel, maentel, kleid, kleider, bluse,
    blusen, weste, westen, schuh, schuhe, stiefel, stiefelette, stiefeletten, sandale, sandalen, tasche,
    taschen, gurtel, guertel, mutze, muetze, mutzen, schal, schals, tuch, tucher, handschuh, handschuhe,
    strumpf, strumpfe, struempfe, strumpfhose, strumpfhosen, socken, pullover, anzug, brille, dress,
    dresses, shirt, shirts, coat, coats, boots, skirt, skirts, anzuge, anzuege"""
# Words that also match as the beginning of a longer one, as in `sommerkleid` or `damenhosen`.
BEGINNINGS = "sommer, winter, leinen, kaschmir, damen, herren, kinder, madchen, maedchen"


def words_of(listed: str) -> tuple[str, ...]:
    """The words of one of the lists above."""
    return tuple(word for part in listed.split(",") if (word := " ".join(part.split())))
